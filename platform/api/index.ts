export { type ApiConfig, apiConfig, apiSettings, openHereAlone } from './apiConfig.ts';
export type { ApiDeps } from './apiDeps.ts';
export { createApi } from './createApi.ts';
export { type ServedApi, serveApi } from './serveApi.ts';
export { type RunningApi, startApi } from './startApi.ts';
