import type { BrokerState } from './host/broker.ts';
import type { SupervisedService } from './supervise/supervisedService.ts';

export interface BrokerSwitchOptions {
  /** The emulator of SNS, SQS and S3; what it held is on disk. */
  readonly service: Pick<SupervisedService, 'start' | 'stop'>;
  readonly onChange: (state: BrokerState) => void;
}

/** Stops the broker and starts it again, as somebody asks; one thing at a time, and the last wish counts. */
export class BrokerSwitch {
  readonly #options: BrokerSwitchOptions;
  #state: BrokerState = 'running';
  #wanted: 'running' | 'stopped' = 'running';
  #acting: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: BrokerSwitchOptions) {
    this.#options = options;
  }

  get state(): BrokerState {
    return this.#state;
  }

  /** Resolves when it is as was last asked for. */
  async ask(wanted: 'running' | 'stopped'): Promise<void> {
    this.#wanted = wanted;
    this.#acting ??= this.#actUntilDone().finally(() => (this.#acting = undefined));
    await this.#acting;
  }

  /** From now on nothing is done; resolves when what is under way has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#acting;
  }

  async #actUntilDone(): Promise<void> {
    while (!this.#isClosed && this.#state !== this.#wanted) await this.#act(this.#wanted);
  }

  async #act(wanted: 'running' | 'stopped'): Promise<void> {
    const { service } = this.#options;
    this.#become(wanted === 'running' ? 'starting' : 'stopping');
    await (wanted === 'running' ? service.start() : service.stop());
    this.#become(wanted);
  }

  #become(state: BrokerState): void {
    this.#state = state;
    this.#options.onChange(state);
  }
}
