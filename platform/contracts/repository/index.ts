export { type ContractDiff, diffContracts } from './diffContracts.ts';
