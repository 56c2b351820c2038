export { putValue, type ValueToPut } from './putValue.ts';
export { readInput } from './readInput.ts';
export { readOutput } from './readOutput.ts';
export { readValue, type StoredValue } from './readValue.ts';
