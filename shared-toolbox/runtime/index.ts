export { runService, type Service } from './runService.ts';
export { runWorker } from './runWorker.ts';
export type { WorkerOptions } from './workerParts.ts';
export { type RunningWorker, startWorker, type StartWorkerOptions } from './startWorker.ts';
