import { describeSetting, spoken } from '../../settings/index.ts';
import type { Output } from '../deps.ts';
import type { SettingHere } from '../readSettingsHere.ts';
import { paint } from './paint.ts';
import { plainText } from './plainText.ts';
import { type Cell, renderTable } from './renderTable.ts';

/** A line for each setting: its variable, who says its value, and the value: the last is cut where a terminal ends. */
export function renderSettings(stream: Output, settings: readonly SettingHere[]): string {
  const rows = settings.map((one) => [
    { text: one.setting.variable },
    { text: originText(one), paint: (text: string) => paint(stream, 'dim', text) },
    valueCell(stream, one),
  ]);
  return renderTable(['VARIABLE', 'FROM', 'VALUE'], rows, stream.columns);
}

/** The same with what each is: a paragraph for each. */
export function renderExplained(stream: Output, settings: readonly SettingHere[]): string {
  return settings.map((one) => explain(stream, one).join('\n')).join('\n\n');
}

function explain(stream: Output, one: SettingHere): string[] {
  const { variable, meaning, readers } = one.setting;
  const { argument, unit, bounds, standard, isRequired } = describeSetting(one.name, one.setting);
  const { text, paint: painted = (plain: string) => plain } = valueCell(stream, one);
  const facts = [
    ['unit', unit],
    ['values', bounds],
    ['default', isRequired ? 'none: it has to be set' : standard],
    ['argument', argument],
    ['read by', readers.join(', ')],
  ] as const;
  return [
    `${paint(stream, 'bold', variable)} = ${painted(plainText(text))} (${originText(one)})`,
    `  ${spoken(meaning)}`,
    ...facts.flatMap(([name, fact]) => (fact === undefined ? [] : [`  ${name}: ${spoken(fact)}`])),
  ];
}

function valueCell(stream: Output, { setting, origin, value, problem }: SettingHere): Cell {
  const dim = (text: string) => paint(stream, 'dim', text);
  if (problem !== undefined) {
    const text = origin === 'not set' ? 'missing' : 'wrong';
    return { text, paint: (plain) => paint(stream, 'red', plain) };
  }
  if (origin === 'not set') {
    return { text: setting.otherwise === undefined ? '-' : spoken(setting.otherwise), paint: dim };
  }
  if (setting.secret) return { text: 'set, not shown', paint: dim };
  if (Array.isArray(value)) return { text: value.join(', ') || 'none' };
  return { text: typeof value === 'string' ? value : JSON.stringify(value) };
}

function originText({ origin, source, setting }: SettingHere): string {
  if (origin === 'argument') return `argument ${source}`;
  return origin === 'not set' && setting.otherwise !== undefined ? 'default' : origin;
}
