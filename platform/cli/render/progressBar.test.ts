import { combineRecord, type TaskRecord } from '@taskfleet/toolbox/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Capture } from '../testing/runInProcess.ts';
import { displayWidth } from './plainText.ts';
import { ProgressBar, progressLine } from './progressBar.ts';

const queued = combineRecord('echo_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b', {});
const half: TaskRecord = {
  ...queued,
  state: 'running',
  progress: { fraction: 0.5, note: 'medium\u001b[2J' },
};

describe('progressLine', () => {
  it('shows fraction, state and note, and nothing that acts on the terminal', () => {
    expect(progressLine(half, 80)).toBe('[############············]  50% running: medium [2J');
  });

  it('shows a task that nobody has seen yet as queued', () => {
    expect(progressLine(undefined, 80)).toBe(`[${'·'.repeat(24)}]   0% queued`);
  });

  it('never takes more columns than there are', () => {
    const note = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(note, fc.integer({ min: 1, max: 120 }), (text, columns) => {
        const record = { ...half, progress: { fraction: 1, note: text } };
        expect(displayWidth(progressLine(record, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('a progress bar', () => {
  it('is drawn on one line of a terminal, and erased', () => {
    const stream = new Capture(true);
    const bar = new ProgressBar(stream);
    bar.draw(half);
    bar.erase();
    expect(stream.written).toContain('50% running: medium');
    expect(stream.written).not.toContain('\n');
    expect(stream.written.endsWith('\u001b[1G\u001b[2K')).toBe(true);
  });

  it('is not drawn on anything else', () => {
    const stream = new Capture(false);
    const bar = new ProgressBar(stream);
    bar.draw(half);
    bar.erase();
    expect(stream.written).toBe('');
  });
});
