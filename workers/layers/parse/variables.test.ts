import { describe, expect, test } from 'vitest';
import { statementsOf } from './statements.ts';
import { Variables } from './variables.ts';

/** The value of A. */
function valueOf(text: string): string | undefined {
  const variables = new Variables();
  for (const statement of statementsOf(text)) {
    if (statement.kind === 'assign')
      variables.assign(statement.name, statement.operator, statement.value);
  }
  return variables.get('A');
}

describe('the value of a variable', () => {
  // Each as bitbake itself has it: docs.yoctoproject.org/bitbake, "Basic Syntax".
  test.each([
    ['A = "1"\nA = "2"', '2'],
    ['A ?= "1"\nA ?= "2"', '1'],
    ['A = "1"\nA ?= "2"', '1'],
    ['A ??= "1"\nA ??= "2"', '2'],
    ['A ??= "1"\nA ?= "2"', '2'],
    ['A ??= "1"\nA = "2"', '2'],
    ['A ??= "1"\nA += "2"', ' 2'],
    ['A = "1"\nA += "2"', '1 2'],
    ['A += "2"', ' 2'],
    ['A = "1"\nA =+ "2"', '2 1'],
    ['A = "1"\nA .= "2"', '12'],
    ['A = "1"\nA =. "2"', '21'],
    ['A:append = "2"\nA = "1"', '12'],
    ['A:prepend = "2"\nA = "1"', '21'],
    ['A_append = " 2"\nA = "1"', '1 2'],
    ['A_prepend = "2 "\nA = "1"', '2 1'],
    ['A:append = "1"\nA:append = "2"', '12'],
    ['A:append += "2"\nA = "1"', '1 2'],
    ['A = "1 2 3"\nA:remove = "2"', '1  3'],
    ['A = "1 2 3"\nA_remove = "1 3"', ' 2 '],
    ['A = "1 22"\nA:remove = "2"', '1 22'],
    ['A = "1 2"\nB = "2"\nA:remove = "${B}"', '1 '],
    ['A = "1"\nA:append:class-native = "2"', '1'],
    ['A = "1"\nA_append_class-native = "2"', '1'],
    ['A = "1"\nA:class-native = "2"', '1'],
    ['A = "${B}"\nB = "1"', '1'],
    ['B = "1"\nA := "${B}"\nB = "2"', '1'],
    ['B = "1"\nA = "${B}"\nB = "2"', '2'],
    ['A = "${B}-${C}"\nB = "${C}"\nC = "1"', '1-1'],
    ['A = "${UNKNOWN} x"', '${UNKNOWN} x'],
    ['B = "A"\n${B} = "1"', '1'],
    ['A = "${@d.getVar("B")}"\nB = "1"', '${@d.getVar("B")}'],
    ["A = \"${@{'x': '${B}'}['x']}\"\nB = \"1\"", "${@{'x': '1'}['x']}"],
    ['A = ""', ''],
    ['B = "1"', undefined],
  ])('by %j is %j', (text, value) => {
    expect(valueOf(text)).toBe(value);
  });

  test('that needs itself keeps the reference', () => {
    expect(valueOf('A = "x ${A}"')).toBe('x ${A}');
    expect(valueOf('A = "x ${B}"\nB = "y ${A}"')).toBe('x y ${A}');
  });

  test('that doubles forty times is given up, soon', () => {
    const lines = Array.from({ length: 40 }, (_, n) => `V${n} = "\${V${n + 1}}\${V${n + 1}}"`);
    const variables = new Variables();
    for (const statement of statementsOf([...lines, 'V40 = "x"'].join('\n'))) {
      if (statement.kind === 'assign') variables.assign(statement.name, '=', statement.value);
    }
    expect(variables.get('V0')!.length).toBeLessThan(10_000_000);
    expect(variables.isExhausted).toBe(true);
  });
});
