import { describe, expect, it } from 'vitest';
import { ScheduleManyError, type TaskHandle } from '../contract/index.ts';
import { allOrError } from './allOrError.ts';

const handle = { id: 'a_1' } as unknown as TaskHandle;

describe('many calls', () => {
  it('give their handles in order', async () => {
    const other = { id: 'a_2' } as unknown as TaskHandle;
    expect(await allOrError([Promise.resolve(handle), Promise.resolve(other)])).toEqual([
      handle,
      other,
    ]);
  });

  it('tell which were scheduled and which were not', async () => {
    const away = new Error('away');
    const error = await allOrError([Promise.reject(away), Promise.resolve(handle)]).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(ScheduleManyError);
    expect(error).toMatchObject({
      message: '1 of 2 tasks were not scheduled; the first: away',
      handles: [undefined, handle],
      errors: [away, undefined],
    });
  });
});
