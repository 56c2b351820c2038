import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UnknownTaskError } from '../errors.ts';
import { defineFleet, defineTask, defineWorker, findTask, nearestName, queuesOf } from './index.ts';

function workerNamed(name: string) {
  const task = defineTask(`${name}.run`, { input: z.string(), output: z.string() });
  return defineWorker(name, { tasks: [task] });
}

describe('defineFleet', () => {
  it('knows every task by its name, and the ping that each worker has', () => {
    const fleet = defineFleet([workerNamed('export'), workerNamed('email')]);
    expect([...fleet.tasks.keys()]).toEqual([
      'export.run',
      'export.ping',
      'email.run',
      'email.ping',
    ]);
  });

  it('refuses what the topic cannot feed, all problems at once', () => {
    const many = Array.from({ length: 98 }, (_, i) => workerNamed(`w${i}`));
    const build = () =>
      defineFleet([...many, workerNamed('twice'), workerNamed('twice'), workerNamed('platform')]);
    expect(build).toThrow('worker "twice" is declared twice');
    expect(build).toThrow('expected at most 99 queues of workers, got 101');
    expect(build).toThrow('the worker name "platform" is reserved');
  });

  it('refuses a worker whose files would be among the large values', () => {
    expect(() => defineFleet([workerNamed('offload')])).toThrow('"offload" is reserved');
  });

  it('refuses names that the stack could not tell apart', () => {
    const build = (...names: readonly string[]) => defineFleet(names.map(workerNamed));
    expect(() => build('a1', 'a-1')).toThrow('workers a1 and a-1: expected names that differ in');
    expect(() => build('mail-dead-letter')).toThrow('does not end in -dead-letter');
    expect(build('a', 'a-b', 'dead-letter').workers).toHaveLength(3);
  });

  it('takes as many workers as a topic can feed', () => {
    const most = Array.from({ length: 99 }, (_, i) => workerNamed(`w${i}`));
    expect(defineFleet(most).workers).toHaveLength(99);
  });
});

describe('the queues of a fleet', () => {
  const task = defineTask('mail.send', { input: z.string(), output: z.string(), priority: 'low' });
  const mail = defineWorker('mail', { tasks: [task], priorities: true });

  it('are one for each worker, and three where it has priorities', () => {
    expect(queuesOf(workerNamed('export'))).toEqual([
      { priority: 'normal', name: 'export', routingKey: 'export' },
    ]);
    expect(queuesOf(mail)).toEqual([
      { priority: 'high', name: 'mail_high', routingKey: 'mail.high' },
      { priority: 'normal', name: 'mail', routingKey: 'mail' },
      { priority: 'low', name: 'mail_low', routingKey: 'mail.low' },
    ]);
  });

  it('are counted, because the topic feeds queues and not workers', () => {
    const others = Array.from({ length: 97 }, (_, i) => workerNamed(`w${i}`));
    expect(() => defineFleet([mail, ...others])).toThrow('at most 99 queues of workers, got 100');
    expect(defineFleet([mail, ...others.slice(1)]).workers).toHaveLength(97);
  });
});

describe('findTask', () => {
  const fleet = defineFleet([workerNamed('thumbnails'), workerNamed('email')]);

  it('finds a task by name', () => {
    expect(findTask(fleet, 'email.run').worker).toBe('email');
  });

  it('suggests the nearest name', () => {
    const find = () => findTask(fleet, 'thumbnail.run');
    expect(find).toThrow(UnknownTaskError);
    expect(find).toThrow('unknown task "thumbnail.run"; did you mean "thumbnails.run"?');
  });

  it.each(['toString', '__proto__', 'constructor'])('does not know %s', (name) => {
    expect(() => findTask(fleet, name)).toThrow('known tasks: thumbnails.run, email.run');
  });
});

describe('nearestName', () => {
  it.each([
    ['thumbnails.craete', 'thumbnails.create'],
    ['Thumbnails.Create', 'thumbnails.create'],
    ['email.sent', 'email.send'],
    ['something.else', undefined],
    ['', undefined],
  ])('answers %j with %j', (typed, nearest) => {
    expect(nearestName(typed, ['email.send', 'thumbnails.create'])).toBe(nearest);
  });

  it('has no answer when nothing is known', () => {
    expect(nearestName('email.send', [])).toBeUndefined();
  });
});
