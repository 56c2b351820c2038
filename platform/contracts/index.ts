export { type ContractView, contractsOf } from './contractView.ts';
export { describeSchema, inputSchema, type JsonSchema, outputSchema } from './inputSchema.ts';
