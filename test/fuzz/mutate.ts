import type { TaskMessage } from '@taskfleet/toolbox/contract';
import fc from 'fast-check';

/** Bodies made from a good message by damaging its text or its values; now and then one stays good. */
export function mutatedBodies(message: TaskMessage): fc.Arbitrary<string> {
  const text = JSON.stringify(message);
  const at = fc.nat(text.length);
  return fc.oneof(
    fc
      .tuple(at, fc.string({ unit: 'binary', maxLength: 5 }))
      .map(([i, junk]) => splice(text, i, 0, junk)),
    fc.tuple(at, fc.nat(40)).map(([i, count]) => splice(text, i, count, '')),
    at.map((i) => text.slice(0, i)),
    changedFields(message),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.integer({ min: 90, max: 20_000 }).map((depth) => nested(message, depth)),
    fc.constantFrom(text, '', 'null', `${text}${text}`, `\uFEFF${text}`, '{"__proto__":{"v":1}}'),
  );
}

function splice(text: string, at: number, count: number, junk: string): string {
  return text.slice(0, at) + junk + text.slice(at + count);
}

/** One to three fields replaced, dropped or invented. */
function changedFields(message: TaskMessage): fc.Arbitrary<string> {
  const names = [...Object.keys(message), 'constructor', '__proto__', 'toString', 'extra'];
  const strange = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(undefined, 'x'.repeat(100_000), -1, 1e308, '', 'sum_0', '../..', {}),
  );
  const changes = fc.array(fc.tuple(fc.constantFrom(...names), strange), {
    minLength: 1,
    maxLength: 3,
  });
  // Object.entries and fromEntries: a name such as __proto__ is a field like any other.
  return changes.map((some) =>
    JSON.stringify(Object.fromEntries([...Object.entries(message), ...some])),
  );
}

function nested(message: TaskMessage, depth: number): string {
  const input = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  return JSON.stringify({ ...message, input: 0 }).replace('"input":0', `"input":${input}`);
}
