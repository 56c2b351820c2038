import figures from './measured.json' with { type: 'json' };

/** What a task and an idle minute ask of AWS, as `npm run bench:cost` has measured it on the real runtime. */
export const MEASURED = figures;
