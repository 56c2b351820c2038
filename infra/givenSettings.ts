import { DefinitionError, type Fleet, nearestName, type Worker } from '@taskfleet/toolbox/contract';

/** What context keys of workers' settings begin with. */
export const SETTING_CONTEXT = 'setting.';

/** What a stage's workers are told beside what every worker is. */
export interface GivenSettings {
  /** Variables and their values. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables, and the SecureString parameters in Parameter Store that hold their values. */
  readonly secrets: Readonly<Record<string, string>>;
}

export const NO_SETTINGS: GivenSettings = { environment: {}, secrets: {} };

interface Declared {
  readonly worker: string;
  readonly variable: string;
  readonly schema: Worker['settings'][string]['schema'];
  readonly isSecret: boolean;
}

/** A path, so that nobody takes the secret itself for a parameter's name. */
const PARAMETER = /^(?:\/[\w.-]+)+$/;

/**
 * The settings of each worker as the context has them: `-c setting.TASKFLEET_EMAIL_FROM=me@example.com`, of a secret one the name of a
 * parameter. Throws DefinitionError naming all that is unknown, missing or wrong; values are not repeated, as they may be secret.
 */
export function givenSettings(
  context: Readonly<Record<string, unknown>>,
  { workers }: Fleet,
): ReadonlyMap<string, GivenSettings> {
  const declared = workers.flatMap(declaredBy);
  const given = new Map(
    Object.entries(context).flatMap(([key, value]) =>
      key.startsWith(SETTING_CONTEXT) ? [[key.slice(SETTING_CONTEXT.length), value] as const] : [],
    ),
  );
  const problems = [
    ...unknownSettings([...given.keys()], declared),
    ...declared.flatMap((one) => settingProblems(one, given.get(one.variable))),
  ];
  if (problems.length > 0) throw new DefinitionError('context', problems);
  return new Map(
    workers.map(({ name }) => [
      name,
      settingsOf(
        declared.filter(({ worker }) => worker === name),
        given,
      ),
    ]),
  );
}

function declaredBy({ name, settings }: Worker): Declared[] {
  return Object.values(settings).map(({ variable, schema, secret }) => ({
    worker: name,
    variable,
    schema,
    isSecret: secret === true,
  }));
}

function unknownSettings(given: readonly string[], declared: readonly Declared[]): string[] {
  const known = declared.map(({ variable }) => variable);
  return given
    .filter((variable) => !known.includes(variable))
    .map((variable) => {
      const nearest = nearestName(variable, known);
      const hint =
        nearest ?? (known.length === 0 ? 'none, as no worker has any' : known.join(', '));
      return `${SETTING_CONTEXT}${variable}: expected a setting of a worker (${hint})`;
    });
}

function settingProblems({ variable, schema, isSecret, worker }: Declared, value: unknown) {
  const key = `${SETTING_CONTEXT}${variable}`;
  if (value === undefined) {
    if (schema.safeParse(undefined).success) return [];
    return [`${key}: is missing, and worker "${worker}" has no default for it; give -c ${key}=…`];
  }
  if (isSecret) {
    const isParameter = typeof value === 'string' && PARAMETER.test(value);
    if (isParameter) return [];
    const form =
      'the name of a SecureString parameter such as /acme/prod/smtp, because it is secret';
    return [`${key}: expected ${form}`];
  }
  const issue = schema.safeParse(value).error?.issues[0];
  return issue ? [`${key}: ${issue.message}`] : [];
}

function settingsOf(
  declared: readonly Declared[],
  given: ReadonlyMap<string, unknown>,
): GivenSettings {
  const valuesOf = (isSecret: boolean) =>
    Object.fromEntries(
      declared
        .filter((one) => one.isSecret === isSecret && given.has(one.variable))
        .map(({ variable }) => [variable, String(given.get(variable))]),
    );
  return { environment: valuesOf(false), secrets: valuesOf(true) };
}
