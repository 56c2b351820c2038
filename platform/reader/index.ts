export { createReader, type Reader } from './createReader.ts';
export { FAMILY_PRECEDENCE, familyState } from './familyState.ts';
export type { FamilyPage, FamilyRequest } from './readFamily.ts';
export type { LogPage, LogRequest } from './readTaskLog.ts';
export type { TaskPage } from './listTasks.ts';
export { checkRequest, type ListRequest } from './planList.ts';
