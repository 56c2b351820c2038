import { afterEach, describe, expect, it } from 'vitest';
import type { Control } from '../table/index.ts';
import { ControlWatch } from './controlWatch.ts';

const id = `echo_${'0a'.repeat(16)}` as const;
const nothing: Control = { v: 1, revision: 1, cancels: [] };
const cancelled: Control = { v: 1, revision: 2, cancels: [{ id, by: 'alice', at: 1 }] };

let watch: ControlWatch | undefined;
afterEach(() => watch?.stop());

function watching(...answers: readonly (Control | Error)[]) {
  const left = [...answers];
  const read = async () => {
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return answer ?? nothing;
  };
  watch = new ControlWatch({ read, everyMs: 60_000 });
  return { watch, left };
}

describe('what a worker is told', () => {
  it('is not looked at while no task runs, unless somebody asks for it', async () => {
    const { watch, left } = watching(nothing, cancelled);
    await watch.look();
    expect(left).toHaveLength(2);
    const heard: number[] = [];
    watch.listen(({ revision }) => heard.push(revision));
    await watch.read();
    using running = watch.begin(id);
    await watch.look();
    expect(heard).toEqual([1, 2]);
    expect(running.signal.reason).toMatchObject({ code: 'task_cancelled', by: 'alice' });
  });

  it('aborts a running task also when it is read for another reason', async () => {
    const { watch } = watching(cancelled);
    using running = watch.begin(id);
    await watch.read();
    expect(running.signal.aborted).toBe(true);
  });

  it('is looked at again after a look that failed', async () => {
    const { watch } = watching(new Error('away'), cancelled);
    using running = watch.begin(id);
    await watch.look();
    expect(running.signal.aborted).toBe(false);
    await watch.look();
    expect(running.signal.aborted).toBe(true);
  });
});
