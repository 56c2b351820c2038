import { derivedTaskId } from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { checkFacts } from '../check/checkFacts.ts';
import type { FlowFact } from '../check/facts.ts';
import { line, soundFacts } from '../check/sampleFacts.ts';
import { derivedIds } from './derivedIds.ts';

const idOf = (...parts: string[]) => derivedTaskId('lab', parts);

const flow: FlowFact = {
  id: 'flow_1',
  answer: 'acknowledged',
  n: 10,
  failure: 'failFast',
  links: 1,
  size: 1,
  state: 'succeeded',
  isByCallback: false,
  members: [
    { id: idOf('flow_1', 'r.s0'), task: 'lab.member', n: 1, stage: 0, index: 0 },
    { id: idOf('flow_1', 'r.s1.m0'), task: 'lab.member', n: 2, stage: 1, index: 0 },
  ],
};
const callback = line(idOf('flow_1', 'r.e2'), { n: 10, role: 'callback' });
const tick = { id: idOf('periodic', 'lab-tick', '4000'), at: 4_000 };
const ran = {
  flows: [flow],
  firings: { everyMs: 2_000, until: 4_000, ran: [tick] },
  sideLog: [callback],
};
const [first, second] = flow.members;

describe('ids of what may be published again', () => {
  it('follow from the flow and the place, or from the name and the time', () => {
    expect(derivedIds(ran).filter(({ id, expected }) => id !== expected)).toEqual([]);
    expect(derivedIds(ran)).toHaveLength(4);
  });

  it.each([
    {
      what: 'a member',
      run: { ...ran, flows: [{ ...flow, members: [first!, { ...second!, id: 'new' }] }] },
    },
    { what: 'a callback', run: { ...ran, sideLog: [{ ...callback, id: 'new' }] } },
    {
      what: 'a firing',
      run: { ...ran, firings: { ...ran.firings, ran: [{ ...tick, id: 'new' }] } },
    },
  ])('are reported when that of $what is made new', ({ run }) => {
    expect(checkFacts({ ...soundFacts, derived: derivedIds(run) })).toMatchObject([
      { promise: 'an id follows from what its task is', what: expect.stringContaining('got new') },
    ]);
  });
});
