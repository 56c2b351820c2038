/** What the tests of this repository read: by variable, what it is. No program of a fleet does. */
export const TEST_VARIABLES = {
  TASKFLEET_BACKEND: 'which backend `npm run test:backends` gives the suites of table and queues',
  TASKFLEET_BACKEND_ENDPOINT: 'where that backend runs',
  TASKFLEET_CHROMIUM: 'the Chromium that `npm run test:browser` starts',
} as const;
