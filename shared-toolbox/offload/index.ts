export { putValue, type ValueToPut } from './putValue.ts';
export { readOutput } from './readOutput.ts';
export { readValue, type StoredValue } from './readValue.ts';
