export { awaitFlowOutput, readFlowOutput } from './awaitFlowOutput.ts';
export { type CollectOptions, leavesOf } from './collect.ts';
export { type ConfirmStartOptions, confirmStart } from './confirmStart.ts';
export { createFlows, type FlowPlace, type Flows, type FlowsOptions } from './createFlows.ts';
export { readPlan } from './keepPlan.ts';
export type { Post, PostedTask } from './post.ts';
export { createStart } from './createStart.ts';
export { type PlannedFlow, startFlow } from './startFlow.ts';
