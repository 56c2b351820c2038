import type { DescribedSetting, SettingReader } from '@taskfleet/toolbox/config';
import { z } from 'zod';

/** What people are told of a setting beside its meaning. */
export interface SettingDescription {
  /** The name that a program has for it, or the option of the command line; undefined where it is a variable only. */
  readonly argument: string | undefined;
  readonly unit: string | undefined;
  /** What is allowed; undefined for any text. */
  readonly bounds: string | undefined;
  /** What holds when nobody says anything; undefined where nothing does. */
  readonly standard: string | undefined;
  readonly isRequired: boolean;
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Takes from the schema what the schema knows. */
export function describeSetting(name: string, setting: DescribedSetting): SettingDescription {
  const { schema, option, unit, bounds, otherwise, readers } = setting;
  const json = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  return {
    argument: option ?? (!ofOneWorker(name) && readers.some(takesArguments) ? name : undefined),
    unit,
    bounds: bounds ?? boundsOf(json),
    standard: otherwise ?? standardOf(json),
    isRequired: !schema.safeParse(undefined).success,
  };
}

/** `email.from`: its program is given the value, and gives none. */
function ofOneWorker(name: string): boolean {
  return name.includes('.');
}

function takesArguments(reader: SettingReader): boolean {
  return reader === 'scheduler' || reader === 'worker' || reader === 'platform';
}

function boundsOf(json: JsonSchema): string | undefined {
  if (json.enum) return json.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (json.const !== undefined) return `\`${String(json.const)}\``;
  if (json.minimum !== undefined && json.maximum !== undefined) {
    return `${json.minimum} to ${json.maximum}`;
  }
  return json.maxLength === undefined ? undefined : `at most ${json.maxLength} characters`;
}

function standardOf({ default: standard }: JsonSchema): string | undefined {
  const isValue = typeof standard === 'string' || typeof standard === 'number';
  return isValue ? `\`${standard}\`` : undefined;
}

/** A text without the marks that a page has for what is to be typed. */
export function spoken(text: string): string {
  return text.replaceAll('`', '');
}
