export { type LateFlowsOptions, startLateFlows } from './startLateFlows.ts';
