import type { SettingReader } from '@taskfleet/toolbox/config';
import { ConfigError } from '@taskfleet/toolbox/contract';
import { describeSetting, spoken } from '../../settings/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import type { SettingHere } from '../readSettingsHere.ts';
import { renderExplained, renderSettings } from '../render/renderSettings.ts';
import { writeError, writeJson, writeLine } from '../render/write.ts';

export interface PrintConfigArgs {
  readonly for?: SettingReader;
  readonly explain?: boolean;
  readonly json?: boolean;
}

/** Every setting with its value here, and all that is wrong. Asks nobody. */
export async function printConfig(
  { readSettings, stdout, stderr }: CliDeps,
  { for: reader, explain = false, json = false }: PrintConfigArgs,
): Promise<ExitCode> {
  const { settings, problems } = await readSettings(reader);
  if (json) writeJson(stdout, { settings: settings.map((one) => toJson(one, explain)), problems });
  else writeLine(stdout, (explain ? renderExplained : renderSettings)(stdout, settings));
  if (problems.length === 0) return EXIT.ok;
  if (!json) writeError(stderr, new ConfigError(problems).message);
  return EXIT.refused;
}

function toJson({ name, setting, origin, value, problem }: SettingHere, explain: boolean) {
  const { variable, meaning, readers, secret = false } = setting;
  const { argument, unit, bounds, standard, isRequired } = describeSetting(name, setting);
  return {
    name,
    variable,
    value: secret ? null : (value ?? null),
    origin,
    secret,
    problem: problem ?? null,
    ...(explain && {
      meaning: spoken(meaning),
      unit: unit ?? null,
      bounds: bounds === undefined ? null : spoken(bounds),
      default: standard === undefined ? null : spoken(standard),
      required: isRequired,
      argument: argument ?? null,
      readers,
    }),
  };
}
