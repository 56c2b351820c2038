import type { DescribedSettings } from '@taskfleet/toolbox/config';
import { z } from 'zod';
import { HOME_FOLDER } from './localFleet.ts';

/** Where the fleet of this machine keeps its state, and where `taskfleet` finds it. */
export const homeSettings = {
  home: {
    variable: 'TASKFLEET_HOME',
    meaning: "folder of the local fleet's state; deleting it begins anew",
    otherwise: `\`${HOME_FOLDER}\` in the repository`,
    readers: ['cli', 'local'],
    schema: z.string().optional(),
  },
} as const satisfies DescribedSettings;
