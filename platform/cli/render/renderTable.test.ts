import { expect, it } from 'vitest';
import { renderTable } from './renderTable.ts';

it('aligns columns, whatever the script, and paints without shifting them', () => {
  const paint = (text: string) => `<${text}>`;
  const table = renderTable(
    ['NAME', 'STATE', 'AGE'],
    [
      [{ text: '写真' }, { text: 'failed', paint }, { text: '3m ago' }],
      [{ text: 'a\nb' }, { text: 'ok', paint }, { text: '' }],
    ],
  );
  expect(table.split('\n')).toEqual(['NAME  STATE   AGE', '写真  <failed>  3m ago', 'a b   <ok>']);
});

it('cuts what is too long', () => {
  const [, row] = renderTable(['NAME'], [[{ text: 'x'.repeat(100) }]]).split('\n');
  expect(row).toBe(`${'x'.repeat(59)}…`);
});
