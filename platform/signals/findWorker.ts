import { type Fleet, nearestName, type Worker } from '@taskfleet/toolbox/contract';
import { UnknownServiceError } from '../errors.ts';

/** The worker of that name. Throws UnknownServiceError with the nearest name that exists. */
export function findWorker({ workers }: Fleet, name: string): Worker {
  const worker = workers.find((other) => other.name === name);
  if (worker) return worker;
  const known = workers.map((other) => other.name);
  throw new UnknownServiceError(name, nearestName(name, known), known);
}
