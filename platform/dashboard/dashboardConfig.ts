import { type DescribedSettings, fromText } from '@taskfleet/toolbox/config';
import { z } from 'zod';

export interface DashboardConfig {
  /** Origins, besides its own, whose pages may show `/embed/…` in a frame. */
  readonly embedders: readonly string[];
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

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
