import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runAttempt } from '@taskfleet/toolbox/testing';
import { countWords } from './contract.ts';
import { words } from './implementation.ts';

test('counts words, and the letters of the longest', async () => {
  const end = await runAttempt(countWords, words, { text: 'a fleet, not a convoy' });
  assert.deepEqual(end.output, { words: 5, longest: 6 });
  assert.deepEqual(end.progress, [{ fraction: 0.5, note: '5 words' }]);
});

test('does not try again what has no words', async () => {
  const { outcome } = await runAttempt(countWords, words, { text: '…' });
  assert.equal(outcome.kind, 'failed');
});
