import { expect, test } from 'vitest';
import { statementsOf } from './statements.ts';

const assign = (name: string, operator: string, value: string) => ({
  kind: 'assign',
  name,
  operator,
  value,
});

test.each([
  ['A = "x"', assign('A', '=', 'x')],
  ['A = \'x "y"\'', assign('A', '=', 'x "y"')],
  ['A="x"', assign('A', '=', 'x')],
  ['A ?= "x"', assign('A', '?=', 'x')],
  ['A ??= "x"', assign('A', '??=', 'x')],
  ['A := "x"', assign('A', ':=', 'x')],
  ['A += "x"', assign('A', '+=', 'x')],
  ['A+="x"', assign('A', '+=', 'x')],
  ['A =+ "x"', assign('A', '=+', 'x')],
  ['A .= "x"', assign('A', '.=', 'x')],
  ['A.="x"', assign('A', '.=', 'x')],
  ['A =. "x"', assign('A', '=.', 'x')],
  ['export A = "x"', assign('A', '=', 'x')],
  ['SRC_URI:append:class-native = " x"', assign('SRC_URI:append:class-native', '=', ' x')],
  ['FILES:${PN}-dev = "x"', assign('FILES:${PN}-dev', '=', 'x')],
  ['A = "x \\\n  y \\\nz"', assign('A', '=', 'x   y z')],
  ['A = "# no comment"', assign('A', '=', '# no comment')],
  ['require a/${PN}.inc', { kind: 'include', path: 'a/${PN}.inc', isRequired: true }],
  ['include b.inc', { kind: 'include', path: 'b.inc', isRequired: false }],
  ['inherit cmake ${X}', { kind: 'inherit', classes: 'cmake ${X}' }],
  ['inherit_defer native', { kind: 'inherit', classes: 'native' }],
])('reads %s', (text, statement) => {
  expect([...statementsOf(text)]).toEqual([statement]);
});

test.each([
  '# A = "x"',
  'A[doc] = "x"',
  'A = x',
  'A = "x',
  'addtask x after y',
  'EXPORT_FUNCTIONS do_x',
  'inherited = 3',
  '',
  '\\',
  '}',
])('reads nothing in %j', (text) => {
  expect([...statementsOf(text)]).toEqual([]);
});

test.each([
  'do_install () {\n\tB = "no"\n  }\n  B = "no"\n}',
  'fakeroot do_install:append() {\nB = "no"\n}',
  'python do_x() {\n    B = "no"\n}',
  'python () {\nB = "no"\n}',
  'fakeroot python do_x:prepend:class-native () {\nB = "no"\n}',
  'do_install:${PN}() {\nB = "no"\n}',
  'def f(d):\n    B = "no"\n\n# a comment\n    return "C"',
])('passes over the function %j', (text) => {
  expect([...statementsOf(`${text}\nA = "x"`)]).toEqual([assign('A', '=', 'x')]);
});

test('ends with the file in a function that does not end', () => {
  expect([...statementsOf('A = "x"\ndo_x() {\nB = "no"')]).toEqual([assign('A', '=', 'x')]);
});

test('knows lines that end as Windows has them', () => {
  expect([...statementsOf('A = "x"\r\nB = "y \\\r\nz"\r\n')]).toEqual([
    assign('A', '=', 'x'),
    assign('B', '=', 'y z'),
  ]);
});
