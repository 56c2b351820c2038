import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expiryOf } from './expiry.ts';

const DAY_MS = 86_400_000;
const times = fc.record({ createdAt: fc.nat(), ranMs: fc.nat(60 * DAY_MS), retentionMs: fc.nat() });

it('lets no result go before its definition, nor before its retention has passed', () => {
  fc.assert(
    fc.property(times, ({ createdAt, ranMs, retentionMs }) => {
      const endedAt = createdAt + ranMs;
      const result = expiryOf({ createdAt, endedAt, retentionMs });
      expect(result).toBeGreaterThanOrEqual(expiryOf({ createdAt, retentionMs }));
      expect(result).toBeGreaterThanOrEqual(endedAt + retentionMs);
    }),
  );
});

it('keeps a definition as long as its message can wait in a queue', () => {
  const definition = expiryOf({ createdAt: 0, retentionMs: 60_000 });
  expect(definition).toBe(14 * DAY_MS + 60_000);
});
