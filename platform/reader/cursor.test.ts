import { newTaskId } from '@taskfleet/toolbox/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorAt, parseCursor } from './cursor.ts';

const randomBytes = () => new Uint8Array(16);

describe('a cursor', () => {
  it('leads back to the place it was made of', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (at) => {
        const place = { at, id: newTaskId('layer-index', { now: () => 0, randomBytes }) };
        expect(parseCursor('recent', cursorAt('recent', place))).toEqual(place);
      }),
    );
  });

  it.each(['', 'recent', 'recent.x', 'recent.0.echo', 'failed.0.echo_0', 'a.b.c'])(
    'is not "%s"',
    (text) => {
      expect(() => parseCursor('recent', text)).toThrow('cursor: expected the one that');
    },
  );
});
