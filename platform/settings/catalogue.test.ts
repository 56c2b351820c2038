import { PREFIX, SETTING_READERS, VARIABLES } from '@taskfleet/toolbox/config';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CATALOGUE, describeSetting, sectionsFor, settingsOf } from './index.ts';

const entries = CATALOGUE.flatMap(({ settings }) => Object.entries(settings));

describe('the catalogue', () => {
  it('has no name and no variable twice', () => {
    for (const all of [entries.map(([name]) => name), entries.map(([, one]) => one.variable)]) {
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it('has only variables of ours that are known everywhere', () => {
    const ours = entries.flatMap(([, { variable }]) =>
      variable.startsWith(PREFIX) ? variable : [],
    );
    expect(VARIABLES).toEqual(expect.arrayContaining(ours));
  });

  it('has a phrase for each setting, and the unit of each number that counts something', () => {
    for (const [, { meaning, variable, unit }] of entries) {
      expect(meaning).toMatch(/^.+[^.]$/);
      expect(unit === 'seconds').toBe(variable.endsWith('_SECONDS'));
    }
  });

  it.each(SETTING_READERS)('has what %s reads, and only that', (reader) => {
    const own = Object.entries(settingsOf(sectionsFor(reader)));
    expect(own.length).toBeGreaterThan(0);
    for (const [, { readers }] of own) expect(readers).toContain(reader);
    expect(own).toEqual(entries.filter(([, { readers }]) => readers.includes(reader)));
  });
});

describe('the description of a setting', () => {
  const readers = ['worker'] as const;
  const describing = (schema: z.ZodType) =>
    describeSetting('one', { variable: 'X', meaning: 'x', readers, schema });

  it.each([
    [z.enum(['a', 'b']).default('a'), { bounds: '`a`, `b`', standard: '`a`', isRequired: false }],
    [z.int().min(1).max(3), { bounds: '1 to 3', standard: undefined, isRequired: true }],
    [z.literal('on').optional(), { bounds: '`on`', standard: undefined, isRequired: false }],
    [z.string().max(9), { bounds: 'at most 9 characters', isRequired: true }],
    [z.string().optional(), { bounds: undefined, isRequired: false }],
  ])('has from its schema what that knows: %#', (schema, description) => {
    expect(describing(schema)).toMatchObject({ argument: 'one', ...description });
  });

  const described = entries.map(([name, setting]) => {
    const { schema, otherwise } = setting;
    const { bounds = '', standard, isRequired } = describeSetting(name, setting);
    return { name, schema, otherwise, bounds, standard, isRequired };
  });

  it.each(described.filter(({ bounds }) => /^\d+ to \d+$/.test(bounds)))(
    'has the bounds of $name that are in force: $bounds',
    ({ bounds, schema }) => {
      const [from = Number.NaN, to = Number.NaN] = bounds.split(' to ').map(Number);
      const accepted = [from - 1, from, to, to + 1].map(
        (value) => schema.safeParse(String(value)).success,
      );
      expect(accepted).toEqual([false, true, true, false]);
    },
  );

  it.each(described.filter(({ standard, otherwise }) => standard && !otherwise))(
    'has the default of $name that is in force: $standard',
    ({ standard, schema }) => {
      expect(standard).toBe(`\`${JSON.stringify(schema.parse(undefined))}\``.replaceAll('"', ''));
    },
  );

  it('says of those alone that have to be set that they have to', () => {
    expect(described.filter(({ isRequired }) => isRequired).map(({ name }) => name)).toEqual([
      'stage',
      'region',
      'topicArn',
      'tableName',
      'bucketName',
      'queueUrl',
      'deadLetterQueueUrl',
      'queues',
    ]);
  });
});
