import {
  type DescribedSettings,
  fromText,
  LOCAL_STAGE,
  type Rule,
} from '@taskfleet/toolbox/config';
import { z } from 'zod';

export interface DashboardConfig {
  /** Origins, besides its own, whose pages may show `/embed/…` in a frame. */
  readonly embedders: readonly string[];
  /** Address of the demonstration of a host application, to which `/demo` leads. */
  readonly demo: string | undefined;
}

const EXPECTED = 'expected origins such as https://app.example.com, with commas between them';

export const dashboardSettings = {
  embedders: {
    variable: 'TASKFLEET_EMBEDDERS',
    meaning: 'whose pages may show `/embed/…` in a frame, besides its own',
    bounds: 'origins such as `https://app.example.com`, with commas between them',
    readers: ['platform', 'local'],
    schema: fromText(
      (text) => text.split(',').flatMap((one) => one.trim() || []),
      z.array(z.string().refine(isOrigin, EXPECTED), EXPECTED).default([]),
    ),
  },
} as const satisfies DescribedSettings;

/** What `npm start` tells its platform, and nobody else. */
export const demoSettings = {
  demo: {
    variable: 'TASKFLEET_DEMO',
    meaning: 'where `/demo` leads: the demonstration of a host application, which `npm start` sets',
    bounds: 'an address such as `http://127.0.0.1:8585`, in the stage `local` only',
    readers: ['platform'],
    schema: z.url({ protocol: /^https?$/ }).optional(),
  },
} as const satisfies DescribedSettings;

/** Everybody who reaches the demonstration can stop the broker. */
export const demoHereAlone: Rule = (readings) => {
  const isSet = readings['demo'] !== undefined && readings['demo'].origin !== 'not set';
  if (!isSet || readings['stage']?.value === LOCAL_STAGE) return [];
  return ['TASKFLEET_DEMO: expected none outside the stage "local"; leave it out'];
};

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
