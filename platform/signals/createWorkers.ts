import { type Fleet, isProcessId, workerOfProcess } from '@taskfleet/toolbox/contract';
import { type Control, readControl } from '@taskfleet/toolbox/table';
import { awaitHeard } from './awaitHeard.ts';
import { findProcess, giveOrder, type OrderRequest, type Told } from './giveOrder.ts';
import { listProcesses, type WorkerProcess, type WorkersOptions } from './listProcesses.ts';

export type { Told };

/** Workers' processes: who they are, what they do, and what is wanted of them. */
export interface Workers {
  /** Processes that have not ended in order, of one worker or of all. */
  list(worker?: string): Promise<readonly WorkerProcess[]>;
  /** Throws UnknownProcessError. */
  get(id: string): Promise<WorkerProcess>;
  /** What a worker is told. */
  wanted(worker: string): Promise<Omit<Control, 'v' | 'cancels'>>;
  /** Throws UnknownServiceError, UnknownProcessError, LambdaControlError and OrderError. */
  tell(fleet: Fleet, request: OrderRequest): Promise<Told>;
  /** Resolves when everybody who was told has done it. Throws NotHeardError. */
  awaitHeard(told: Told, timeoutMs: number): Promise<void>;
}

export function createWorkers(options: WorkersOptions): Workers {
  const list = async (worker?: string) => listProcesses(options, worker);
  return {
    list,
    get: async (id) => {
      const worker = isProcessId(id) ? workerOfProcess(id) : undefined;
      return findProcess(await listProcesses(options, worker), id);
    },
    wanted: async (worker) => readControl(options.table, worker),
    tell: async (fleet, request) => giveOrder(options, fleet, request),
    awaitHeard: async (told, timeoutMs) =>
      awaitHeard({ list, clock: options.clock }, told, timeoutMs),
  };
}
