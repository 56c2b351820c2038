import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Environment, readConfig } from '@taskfleet/toolbox/config';
import { NoFleetError } from '../errors.ts';
import { homeSettings } from './homeSettings.ts';
import { HOME_FOLDER, LOCAL_FLEET_FILE, type LocalFleet, parseLocalFleet } from './localFleet.ts';

export interface FindOptions {
  readonly environment: Environment;
  /** Absolute. Its folders upward are looked into. */
  readonly cwd: string;
  /** Whether a process with this id runs. */
  readonly isAlive: (pid: number) => boolean;
}

/**
 * The environment of the fleet that is meant: this process's own when it names a stage, otherwise that of the fleet on
 * this machine. Throws NoFleetError and ConfigError.
 */
export async function findFleet(options: FindOptions): Promise<Environment> {
  const { environment } = options;
  return environment['TASKFLEET_STAGE'] ? environment : (await findLocalFleet(options)).environment;
}

/** The fleet that runs on this machine, in a folder that is meant. Throws NoFleetError and ConfigError. */
export async function findLocalFleet({
  environment,
  cwd,
  isAlive,
}: FindOptions): Promise<LocalFleet> {
  const { home } = readConfig(homeSettings, environment);
  const places = home !== undefined ? [join(home, LOCAL_FLEET_FILE)] : upward(cwd);
  for (const place of places) {
    const text = await readIfThere(place);
    if (text !== undefined) return fleetIn(place, text, isAlive);
  }
  throw new NoFleetError();
}

function upward(folder: string): string[] {
  const parent = dirname(folder);
  return [
    join(folder, HOME_FOLDER, LOCAL_FLEET_FILE),
    ...(parent === folder ? [] : upward(parent)),
  ];
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && isAbsence(cause.code)) return undefined;
    throw new NoFleetError(`${path} cannot be read`, { cause });
  }
}

function isAbsence(code: unknown): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function fleetIn(path: string, text: string, isAlive: FindOptions['isAlive']): LocalFleet {
  const fleet = parseLocalFleet(text);
  if (!fleet) throw new NoFleetError(`${path} is not of a form that this version reads`);
  if (!isAlive(fleet.pid)) throw new NoFleetError(`the one in ${dirname(path)} has stopped`);
  return fleet;
}
