import {
  consumerSettings,
  type DescribedSettings,
  endpointsFitStage,
  fleetSettings,
  type SettingReader,
  type Rule,
} from '@taskfleet/toolbox/config';
import { apiSettings, openHereAlone } from '../api/apiConfig.ts';
import { homeSettings } from '../cli/homeSettings.ts';
import { dashboardSettings, demoHereAlone, demoSettings } from '../dashboard/dashboardConfig.ts';
import { queuesSettings } from '../deadLetters/serviceQueues.ts';
import { identitySettings, issuerWithAudience } from '../identity/index.ts';
import { remoteSettings } from '../remote/index.ts';

export interface Section {
  readonly title: string;
  readonly settings: DescribedSettings;
  /** What has to hold between its settings, and what it knows of those before. */
  readonly rules: readonly Rule[];
}

/** Every setting of the programs of a fleet, from whoever owns it. No two have the same name. */
export const CATALOGUE: readonly Section[] = [
  { title: 'The stage', settings: fleetSettings, rules: [endpointsFitStage] },
  { title: 'Services', settings: consumerSettings, rules: [] },
  {
    title: 'The platform',
    settings: { ...queuesSettings, ...apiSettings, ...dashboardSettings, ...demoSettings },
    rules: [openHereAlone, demoHereAlone],
  },
  {
    title: 'Who may use the platform',
    settings: identitySettings,
    rules: [issuerWithAudience],
  },
  {
    title: 'The command line and `npm start`',
    settings: { ...remoteSettings, ...homeSettings },
    rules: [],
  },
];

/** The sections with what this reader reads, or all; none that would be empty. */
export function sectionsFor(reader: SettingReader | undefined): Section[] {
  return CATALOGUE.map(({ title, rules, settings }) => {
    const read = Object.entries(settings).filter(
      ([, { readers }]) => reader === undefined || readers.includes(reader),
    );
    return { title, rules, settings: Object.fromEntries(read) };
  }).filter(({ settings }) => Object.keys(settings).length > 0);
}

/** The settings of all sections, by name. */
export function settingsOf(sections: readonly Section[]): DescribedSettings {
  return Object.fromEntries(sections.flatMap(({ settings }) => Object.entries(settings)));
}
