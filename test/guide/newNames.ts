import fc from 'fast-check';

const TRAITS = [
  { compute: 'fargate', pool: 'inline' },
  { compute: 'fargate', pool: 'threads' },
  { compute: 'lambda', pool: 'inline' },
] as const;

const VALID = /^[a-z][a-z0-9-]{0,30}$/;

const TAKEN = ['platform', 'offload', 'flow', 'con', 'aux', 'nul', 'com1', 'lpt9', 'thumbnails'];

/** Workers as people may name them: whatever a contract takes, hyphens and digits at odd places as well. */
export const newWorkers = fc.record({
  name: fc.stringMatching(VALID).filter((name) => !TAKEN.includes(name)),
  task: fc.stringMatching(/^[a-z][A-Za-z0-9-]{0,30}$/).filter((name) => name !== 'ping'),
  traits: fc.constantFrom(...TRAITS),
});

const ODD = ['', '-', '.', '..', 'a.b', 'a/b', '../a', 'a b', 'A', 'Über', 'é', '1a', '-a', '_a'];

/** Names that no worker can have, or that somebody has. */
export const wrongNames = fc.oneof(
  fc.constantFrom(...ODD, ...TAKEN, 'a'.repeat(32)),
  fc.string({ maxLength: 40 }).filter((name) => !VALID.test(name)),
  fc.string({ unit: 'binary', maxLength: 8 }).filter((name) => !VALID.test(name)),
);
