import type { SQSClient } from '@aws-sdk/client-sqs';
import { giveBack } from '../showMessages.ts';
import type { Wire, WireRequest } from '../wire.ts';

/** Workers whose queues give nothing. */
export class Silence {
  readonly #until = new Map<string, Promise<void>>();

  constructor(wire: Wire, sqs: SQSClient) {
    wire.intercept(async (request, pass) => {
      await this.#untilHeard(request);
      const answer = await pass();
      if (!this.#isSilent(request)) return answer;
      // The poll was under way already.
      await giveBack(sqs, request, answer);
      return {};
    });
  }

  /** Returns what ends it. */
  of(worker: string): () => void {
    const heard = Promise.withResolvers<void>();
    this.#until.set(worker, heard.promise);
    return () => {
      this.#until.delete(worker);
      heard.resolve();
    };
  }

  #isSilent({ by, operation }: WireRequest): boolean {
    return operation === 'ReceiveMessage' && this.#until.has(workerOf(by) ?? '');
  }

  async #untilHeard(request: WireRequest): Promise<void> {
    if (this.#isSilent(request)) await this.#until.get(workerOf(request.by) ?? '');
  }
}

/** The worker whose process asks, such as `export/1`; undefined for everybody else. */
export function workerOf(by: string): string | undefined {
  return /^(?<worker>.+)\/\d+$/.exec(by)?.groups?.['worker'];
}
