export { type ApplyOptions, applyPlan } from './applyPlan.ts';
export { FLEET_FILE } from './editFleet.ts';
export { workerNames } from './names.ts';
export type { Edit, Link, NewFile, Plan, ReadText } from './plan.ts';
export { planRemoval } from './planRemoval.ts';
export { planTask } from './planTask.ts';
export { type NewWorker, planWorker, type Project } from './planWorker.ts';
