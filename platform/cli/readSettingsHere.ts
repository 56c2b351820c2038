import {
  type DescribedSetting,
  type DescribedSettings,
  type Environment,
  fleetSettings,
  LOCAL_STAGE,
  type SettingOrigin,
  queuesFitPriorities,
  type SettingReader,
  type Reading,
  type Readings,
  readSettings,
  type Rule,
} from '@taskfleet/toolbox/config';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { NoFleetError } from '../errors.ts';
import {
  remoteArguments,
  type RemoteOptions,
  remoteSettings,
  sentEncrypted,
} from '../remote/index.ts';
import { CATALOGUE, sectionsFor, settingsOf, workerSections } from '../settings/index.ts';
import { findLocalFleet, type FindOptions } from './findFleet.ts';
import { homeSettings } from './homeSettings.ts';

export interface SettingHere extends Omit<Reading<DescribedSetting>, 'origin'> {
  readonly name: string;
  readonly origin: SettingOrigin | 'local fleet';
}

export interface SettingsHere {
  readonly settings: readonly SettingHere[];
  /** Everything that such a process, started here, would refuse. */
  readonly problems: readonly string[];
}

export interface ReadHereOptions {
  /** Whose settings. Default: everybody's, with the values that the command line has for them. */
  readonly reader?: SettingReader | undefined;
  readonly where: RemoteOptions;
  readonly places: FindOptions;
  /** Its workers' own settings are read, too. Default: no worker has any. */
  readonly fleet?: Pick<Fleet, 'workers'>;
}

/** Every setting as a process started here would find it. Throws RemoteConfigError for a file of a token that cannot be read. */
export async function readSettingsHere(options: ReadHereOptions): Promise<SettingsHere> {
  const { reader, where, fleet = { workers: [] } } = options;
  const isCli = reader === undefined || reader === 'cli';
  const note = isCli ? await noteInEffect(options) : {};
  const ofWorkers = workerSections(fleet);
  const common = sectionsFor(reader).filter(
    ({ settings }) => reader !== 'cli' || !isRemote(options) || Object.hasOwn(settings, 'url'),
  );
  const areAsked = reader === undefined || reader === 'worker';
  const sections = [...common, ...(areAsked ? ofWorkers : [])];
  const { readings, problems } = readSettings<DescribedSettings>(
    settingsOf([...CATALOGUE, ...ofWorkers]),
    { ...options.places.environment, ...note },
    {
      given: isCli ? await remoteArguments(where) : argumentsOf(reader),
      rules: [...sections.flatMap(({ rules }) => rules), ...rulesOf(reader, where)],
    },
  );
  const settings = Object.entries(settingsOf(sections)).flatMap(
    ([name, setting]): SettingHere[] => {
      const reading = readings[name];
      if (!reading) return [];
      const { problem, origin } = reading;
      return [
        {
          ...reading,
          name,
          setting,
          origin: origin === 'environment' && setting.variable in note ? 'local fleet' : origin,
          problem: origin === 'not set' && !isNeeded(name, isCli, readings) ? undefined : problem,
        },
      ];
    },
  );
  const own = settings.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  return { settings, problems: [...problems, ...own] };
}

/** What the running fleet of this machine says, where the command line would ask it. */
async function noteInEffect({
  where,
  places,
}: Pick<ReadHereOptions, 'where' | 'places'>): Promise<Environment> {
  const { environment } = places;
  if (environment[fleetSettings.stage.variable] || isRemote({ where, places })) return {};
  const { variable } = homeSettings.home;
  try {
    // A problem of another variable is told of, and is no reason to tell nothing of the fleet.
    const own = { ...places, environment: { [variable]: environment[variable] } };
    return (await findLocalFleet(own)).environment;
  } catch (error) {
    if (error instanceof NoFleetError) return {};
    throw error;
  }
}

/** With an address, right or wrong, the command line reads nothing of the stage. */
function isRemote({ where, places }: Pick<ReadHereOptions, 'where' | 'places'>): boolean {
  return where.url !== undefined || Boolean(places.environment[remoteSettings.url.variable]);
}

/** `npm start` is of its own stage, whatever the environment says. */
function argumentsOf(reader: SettingReader | undefined) {
  return reader === 'local' ? { stage: LOCAL_STAGE } : {};
}

function rulesOf(reader: SettingReader | undefined, { insecure }: RemoteOptions): Rule[] {
  if (reader === undefined || reader === 'cli') return [sentEncrypted(insecure)];
  return reader === 'platform' ? [queuesFitPriorities(false)] : [];
}

/** A service needs all of its own; the command line needs a stage's only once it is to ask that stage itself. */
function isNeeded(name: string, isCli: boolean, { url, stage }: Readings): boolean {
  if (!isCli) return true;
  const asksAws = url?.origin === 'not set' && stage?.origin !== 'not set';
  return asksAws && Object.hasOwn(fleetSettings, name);
}
