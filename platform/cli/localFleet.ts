import { z } from 'zod';

/** Folder that `npm start` keeps its state in, and the file in it that leads other terminals to the running fleet. */
export const HOME_FOLDER = '.taskfleet';
export const LOCAL_FLEET_FILE = 'local.json';

const localFleet = z.object({
  v: z.literal(1),
  /** The process that the fleet ends with. */
  pid: z.int().positive(),
  /** What `fleetConfig` reads. */
  environment: z.record(z.string(), z.string()),
  /** Address of the platform's HTTP interface; left out by a fleet of an earlier version. */
  api: z.url({ protocol: /^https?$/ }).optional(),
});

/** What a second terminal needs to know of a fleet on this machine. */
export type LocalFleet = z.output<typeof localFleet>;

/** The content of a `local.json`; undefined for a text of another form. */
export function parseLocalFleet(text: string): LocalFleet | undefined {
  try {
    return localFleet.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
