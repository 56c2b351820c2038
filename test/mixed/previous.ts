/**
 * The version that the present one has to get on with: one back. There is no release yet; it is a state of the main branch from before
 * statistics, logs of tasks and ages of messages were kept. To move it on: after a release, put that release's tag or commit here, run
 * `npm run test:mixed`, and mend `programs/` until both versions load it, for they run on both.
 */
export const PREVIOUS = 'c00f7df72f0b4b1b611f403a1b2cab7c33f89ea5';
