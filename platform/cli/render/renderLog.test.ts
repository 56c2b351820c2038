import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { LogPage } from '../../reader/index.ts';
import { renderLog } from './renderLog.ts';

const line = { at: 1_700_000_000_000, level: 'warn', message: 'rows', fields: { n: 1 } } as const;
const log: LogPage = { attempt: 1, lines: [line], dropped: 0, cursor: '1.1' };
const text = (page: LogPage, attempt = 1) => renderLog(new PassThrough(), { attempt }, page);

it('says which attempt has said it when others have begun since, and what is gone', () => {
  expect(text(log)).toBe('2023-11-14T22:13:20Z WARN  rows {"n":1}');
  expect(text({ ...log, dropped: 7 }, 3)).toBe(
    'of attempt 1; 3 have begun\n7 lines before these are not kept\n2023-11-14T22:13:20Z WARN  rows {"n":1}',
  );
});

it('shows a line on one line, and lets nobody act on the terminal', () => {
  const lines = [{ ...line, message: 'a\n\u001b[2Jb\u009b1m', fields: { k: '\u009b2J' } }];
  expect(text({ ...log, lines })).toBe('2023-11-14T22:13:20Z WARN  a [2Jb 1m {"k":" 2J"}');
});
