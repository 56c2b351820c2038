export { applyOrder, type Order } from './applyOrder.ts';
export { createWorkers, type Told, type Workers } from './createWorkers.ts';
export { awaitHeard } from './awaitHeard.ts';
export { findWorker } from './findWorker.ts';
export { checkOrder, findProcess, type OrderRequest } from './giveOrder.ts';
export type { WorkerProcess } from './listProcesses.ts';
export { markLost, type SeenTask } from './markLost.ts';
