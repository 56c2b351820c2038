import { type Environment, readConfig } from '@taskfleet/toolbox/config';
import { z } from 'zod';

export interface DashboardConfig {
  /** Origins, besides its own, whose pages may show `/embed/…` in a frame. */
  readonly embedders: readonly string[];
}

const EXPECTED = 'expected origins such as https://app.example.com, with commas between them';

const settings = {
  embedders: {
    variable: 'TASKFLEET_EMBEDDERS',
    schema: z
      .string()
      .default('')
      .transform((text) => text.split(',').map((one) => one.trim()))
      .transform((origins) => origins.filter((one) => one !== ''))
      .refine((origins) => origins.every(isOrigin), EXPECTED),
  },
} as const;

/** The environment variables of it. */
export const DASHBOARD_VARIABLES: readonly string[] = [settings.embedders.variable];

/** Throws ConfigError. */
export function dashboardConfig(environment: Environment): DashboardConfig {
  return readConfig(settings, environment);
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
