import { expect, it } from 'vitest';
import { BrokerSwitch } from './brokerSwitch.ts';

/** A service whose every start and stop ends when the test says so. */
function slowService() {
  const done: string[] = [];
  const waiting: (() => void)[] = [];
  const act = (what: string) => async () => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    done.push(what);
  };
  const service = { start: act('start'), stop: act('stop') };
  return { service, done, next: () => waiting.shift()?.() };
}

function switchOf(service: ReturnType<typeof slowService>['service']) {
  const states: string[] = [];
  const broker = new BrokerSwitch({ service, onChange: (state) => states.push(state) });
  return { broker, states };
}

it('stops the broker and starts it again, and tells of each step', async () => {
  const { service, next } = slowService();
  const { broker, states } = switchOf(service);
  const stopped = broker.ask('stopped');
  next();
  await stopped;
  const running = broker.ask('running');
  next();
  await running;
  expect(states).toEqual(['stopping', 'stopped', 'starting', 'running']);
});

it('does one thing at a time, and what was asked for last', async () => {
  const { service, done, next } = slowService();
  const { broker, states } = switchOf(service);
  const all = [broker.ask('stopped'), broker.ask('running'), broker.ask('stopped')];
  expect(states).toEqual(['stopping']);
  next();
  await Promise.all(all);
  expect(done).toEqual(['stop']);
  expect(broker.state).toBe('stopped');
});

it('does nothing for who wants what is so', async () => {
  const { service, done } = slowService();
  const { broker, states } = switchOf(service);
  await broker.ask('running');
  expect([done, states]).toEqual([[], []]);
});

it('starts nothing any more while everything stops', async () => {
  const { service, done, next } = slowService();
  const { broker } = switchOf(service);
  const asked = [broker.ask('stopped'), broker.ask('running')];
  void broker.ask('running');
  const closed = broker.close();
  next();
  await Promise.all([...asked, closed]);
  await broker.ask('running');
  expect(done).toEqual(['stop']);
});
