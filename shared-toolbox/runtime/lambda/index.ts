export { createLambdaHandler, type LambdaHandler } from './createLambdaHandler.ts';
export type { BatchResponse, InvocationContext } from './event.ts';
export { lambdaHandler } from './lambdaHandler.ts';
