export { beginRunSpan, type RunSpan } from './beginRunSpan.ts';
export { inScheduleSpan } from './inScheduleSpan.ts';
export { activeTrace, underTrace } from './wireContext.ts';
