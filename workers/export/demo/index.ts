export type { Fault } from './faults.ts';
export { hostApi, type HostApiOptions } from './hostApi.ts';
export { madeProject } from './madeProject.ts';
export type { HostProject, Rows } from './project.ts';
export { sampleProject } from './sampleProject.ts';
