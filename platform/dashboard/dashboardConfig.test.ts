import { readConfig } from '@taskfleet/toolbox/config';
import { describe, expect, it } from 'vitest';
import { dashboardSettings } from './dashboardConfig.ts';

const configOf = (embedders?: string) =>
  readConfig(dashboardSettings, { TASKFLEET_EMBEDDERS: embedders });

describe('the configuration of the dashboard', () => {
  it('lets nobody embed it who is not named', () => {
    expect(configOf()).toEqual({ embedders: [] });
  });

  it('takes origins with commas between them', () => {
    const { embedders } = configOf('https://app.example.com, http://localhost:3000');
    expect(embedders).toEqual(['https://app.example.com', 'http://localhost:3000']);
  });

  it.each([
    '*',
    'app.example.com',
    'https://app.example.com/',
    "https://a.example 'unsafe-inline'",
  ])('refuses %s, which is no origin', (embedders) => {
    expect(() => configOf(embedders)).toThrow(/TASKFLEET_EMBEDDERS: expected origins/);
  });
});
