import type { Clock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { Environment } from '@taskfleet/toolbox/config';
import { NotStartedError } from './errors.ts';
import { PLATFORM } from '../outputs.ts';
import { BrokerSwitch } from './brokerSwitch.ts';
import type { Home } from './home.ts';
import { brokerAsked, brokerChanged } from './host/toldBroker.ts';
import { HOST, type HostFacts, hostFacts, hostSpec, toldOfHost } from './hostService.ts';
import type { Screen } from './present/screen.ts';
import { serviceReporter } from './present/serviceReporter.ts';
import { provisionFleet } from './provisionFleet.ts';
import { toldEnvironment } from './localConfig.ts';
import {
  apiAddressOf,
  emulatorSpec,
  endpointOf,
  type LocalStackFacts,
  serviceNames,
  serviceSpec,
} from './services.ts';
import { emulatorEndpoints } from './startStack.ts';
import { inheritedEnvironment } from './supervise/inheritedEnvironment.ts';
import type { ServiceSpec } from './supervise/launch.ts';
import { type ServiceNews, SupervisedService } from './supervise/supervisedService.ts';

export interface LocalFleetOptions {
  readonly fleet: Fleet;
  readonly home: Home;
  readonly screen: Screen;
  readonly clock: Clock;
  readonly environment: Environment;
  /** Reject when a service does not come up, instead of trying for ever. */
  readonly once: boolean;
  /** Whether a host application is to be started beside the fleet. */
  readonly withHost: boolean;
}

/** Crashes before a service was ever up, after which `once` gives up. */
const MOST_CRASHES = 3;

/** The fleet on this machine: emulators, platform and workers as processes, kept running until `stop()`. */
export class LocalFleet {
  readonly #options: LocalFleetOptions;
  readonly #inherited: Readonly<Record<string, string>>;
  readonly #emulators = new Map<string, SupervisedService>();
  readonly #services = new Map<string, SupervisedService>();
  #host: HostFacts | undefined;
  #broker: BrokerSwitch | undefined;

  constructor(options: LocalFleetOptions) {
    this.#options = options;
    this.#inherited = inheritedEnvironment(options.environment);
  }

  /** Starts both emulators and puts the fleet's stack on them. Resolves to what the services need to know. */
  async startStack(): Promise<LocalStackFacts> {
    const [queues, table] = await Promise.all([
      this.#startEmulator('queues', 'SNS, SQS and S3'),
      this.#startEmulator('table', 'DynamoDB'),
    ]);
    const endpoints = emulatorEndpoints({ queues, table });
    const outputs = await provisionFleet({ fleet: this.#options.fleet, endpoints });
    return { endpoints, outputs };
  }

  /** Starts the platform and every worker. Resolves to the address of the platform's HTTP interface. */
  async startServices(stack: LocalStackFacts): Promise<string> {
    const { fleet, screen, withHost } = this.#options;
    if (withHost) await this.#startHost(stack);
    const said = await Promise.all(
      serviceNames(fleet).map(async (service) => {
        const told = this.#toldTo(service);
        const spec = () => serviceSpec({ ...stack, service, inherited: this.#inherited, told });
        const ready = await this.#supervise(this.#services, service, spec);
        screen.line(readyLine(screen, service, describeService(fleet, service)));
        return [service, ready] as const;
      }),
    );
    return apiAddressOf(new Map(said).get(PLATFORM));
  }

  /** Ends a worker in order and starts it anew. */
  async restart(service: string): Promise<void> {
    await this.#services.get(service)?.restart();
  }

  /** Stops workers, platform and host in order, then the emulators under them. */
  async stop(): Promise<void> {
    await this.#broker?.close();
    await Promise.all([...this.#services.values()].map(async (service) => service.stop()));
    await Promise.all([...this.#emulators.values()].map(async (emulator) => emulator.stop()));
  }

  /** It comes first: the others are told of it. */
  async #startHost(stack: LocalStackFacts): Promise<void> {
    const { home, screen } = this.#options;
    const spec = () => hostSpec({ ...stack, home, before: this.#host, inherited: this.#inherited });
    const host = () => this.#services.get(HOST);
    const queues = this.#emulators.get('queues');
    const tell = () => this.#broker && host()?.tell(brokerChanged(this.#broker.state));
    this.#broker = queues && new BrokerSwitch({ service: queues, onChange: tell });
    const said = await this.#supervise(this.#services, HOST, spec, (news) => {
      if (news.kind === 'ready') tell();
      const wanted = news.kind === 'said' ? brokerAsked(news.said) : undefined;
      if (wanted !== undefined) void this.#broker?.ask(wanted);
    });
    this.#host = hostFacts(said);
    screen.line(readyLine(screen, HOST, 'a web application that uses the fleet'));
  }

  #toldTo(service: string): Record<string, string> {
    const { fleet, environment } = this.#options;
    const own = toldEnvironment(fleet, service, environment);
    return this.#host ? toldOfHost({ host: this.#host, fleet, service, own }) : own;
  }

  async #startEmulator(name: 'queues' | 'table', what: string): Promise<string> {
    const { home, screen } = this.#options;
    // Free at first; after a crash the one that everybody knows by then.
    let port = 0;
    const spec = () => emulatorSpec({ name, home, port, inherited: this.#inherited });
    const endpoint = endpointOf(await this.#supervise(this.#emulators, name, spec));
    port = Number(new URL(endpoint).port);
    screen.line(readyLine(screen, name, `${what} at ${endpoint}`));
    return endpoint;
  }

  async #supervise(
    group: Map<string, SupervisedService>,
    name: string,
    spec: () => ServiceSpec,
    alsoTell: (news: ServiceNews) => void = () => undefined,
  ): Promise<unknown> {
    const { screen, home, clock, once } = this.#options;
    const report = serviceReporter({ screen, name, logs: home.logs });
    const gaveUp = Promise.withResolvers<never>();
    let crashes = 0;
    const onNews = (news: ServiceNews) => {
      report(news);
      alsoTell(news);
      if (news.kind === 'crashed') crashes += 1;
      if (once && crashes === MOST_CRASHES) {
        gaveUp.reject(new NotStartedError(name, crashes, home.logs));
      }
    };
    const service = new SupervisedService({ spec, onNews, clock });
    group.set(name, service);
    return Promise.race([service.start(), gaveUp.promise]);
  }
}

function readyLine(screen: Screen, name: string, what: string): string {
  return `  ${screen.paint('green', '✔')} ${name.padEnd(11)} ${what}`;
}

function describeService({ workers }: Fleet, service: string): string {
  const worker = workers.find(({ name }) => name === service);
  if (!worker)
    return 'tracks every task, watches dead letters, publishes what is due, answers HTTP';
  const names = worker.tasks.map(({ name }) => String(name)).join(', ');
  return `worker for ${names}; ${worker.concurrency} at a time`;
}
