import { describe, expect, it } from 'vitest';
import { checkFacts } from './checkFacts.ts';
import type { FlowFact } from './facts.ts';
import { line, seen, soundFacts } from './sampleFacts.ts';

const given = [
  { state: 'succeeded', output: { n: 1 } },
  { state: 'failed', error: { name: 'Error', message: 'as planned' } },
];

const settled: FlowFact = {
  id: 'flow',
  answer: 'acknowledged',
  n: 10,
  failure: 'allSettled',
  links: 0,
  size: 2,
  state: 'succeeded',
  isByCallback: false,
  // As the table lists them: in no order.
  members: [
    { id: 'second', task: 'lab.member', n: 2, stage: 0, index: 1 },
    { id: 'first', task: 'lab.member', n: 1, stage: 0, index: 0 },
  ],
};

const callback = line('callback', { n: 10, role: 'callback', given, at: 1_400 });
const regret = line('regret', { n: 10, role: 'failure', at: 1_400 });

const ran = {
  ...soundFacts,
  flows: [settled],
  seen: [
    ...soundFacts.seen.slice(0, 2),
    seen('second', { state: 'failed', finishedAt: 1_300, at: 1_310, holder: '2' }),
  ],
  sideLog: [...soundFacts.sideLog, callback],
};

const failedFast = { ...settled, failure: 'failFast', state: 'failed' } as const;

const ONCE = "a flow's callback runs exactly once";

describe('a flow', () => {
  it('may have members that fail, when it lets all settle', () => {
    expect(checkFacts(ran)).toEqual([]);
  });

  it.each([
    { what: 'no callback', sideLog: ran.sideLog.slice(0, -1) },
    { what: 'a second callback', sideLog: [...ran.sideLog, { ...callback, id: 'other' }] },
    { what: 'a success and a failure', sideLog: [...ran.sideLog, regret] },
    { what: 'results in another order', given: given.toReversed() },
    { what: 'a result less', given: given.slice(1) },
  ])('is reported with $what', (damage) => {
    const { sideLog = soundFacts.sideLog.concat({ ...callback, given: damage.given ?? given }) } =
      damage;
    expect(checkFacts({ ...ran, sideLog }).map(({ promise }) => promise)).toEqual([ONCE]);
  });

  it('may have a callback that was tried again', () => {
    const again = { ...callback, attempt: 2, at: 1_500, monotonic: 1_500 };
    const threw = line('callback', { kind: 'threw', at: 1_450 });
    expect(checkFacts({ ...ran, sideLog: [...ran.sideLog, threw, again] })).toEqual([]);
  });

  it('that failed is told of once, and its callback never runs', () => {
    const failed = { ...ran, flows: [failedFast] };
    const withLine = (last: typeof callback) => [...soundFacts.sideLog, last];
    expect(checkFacts({ ...failed, sideLog: withLine(regret) })).toEqual([]);
    expect(checkFacts({ ...failed, sideLog: soundFacts.sideLog })).toHaveLength(1);
    expect(checkFacts(failed).map(({ promise }) => promise)).toContain(ONCE);
  });

  it('that was accepted ends', () => {
    expect(checkFacts({ ...ran, flows: [{ ...settled, state: undefined }] })).toHaveLength(1);
    const rejected = { ...settled, answer: 'rejected', state: undefined, members: [] } as const;
    expect(checkFacts({ ...soundFacts, flows: [rejected] })).toEqual([]);
  });

  it('is reported when its callback begins before a member has ended', () => {
    const sideLog = soundFacts.sideLog.concat({ ...callback, at: 1_250 });
    expect(checkFacts({ ...ran, sideLog }).map(({ promise }) => promise)).toEqual([
      'a flow keeps its order',
    ]);
  });

  it('is reported when a member begins before one of the stage ahead has ended', () => {
    const [second, first] = settled.members;
    const members = [
      { ...second!, stage: 1 },
      { ...first!, stage: 2 },
    ];
    const promises = checkFacts({ ...ran, flows: [{ ...settled, members }] }).map(
      ({ promise }) => promise,
    );
    expect(promises).toContain('a flow keeps its order');
  });
});
