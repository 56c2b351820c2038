export type { Sample, Samples } from './rehearsal/samples.ts';
export { type ConformanceOptions, testConformance } from './testConformance.ts';
