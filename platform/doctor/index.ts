export { judgeTracking } from './judgeTracking.ts';
export { type PingAccess, type Pinged, pingWorker } from './pingWorker.ts';
