import { fleetSettings, readConfig } from '@taskfleet/toolbox/config';
import { describe, expect, it } from 'vitest';
import { dashboardSettings, demoHereAlone, demoSettings } from './dashboardConfig.ts';

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

describe('the address of the demonstration', () => {
  const demoIn = (TASKFLEET_STAGE: string, TASKFLEET_DEMO?: string) =>
    readConfig(
      { ...demoSettings, stage: fleetSettings.stage },
      { TASKFLEET_STAGE, TASKFLEET_DEMO },
      { rules: [demoHereAlone] },
    ).demo;

  it('is taken in the stage local, and in no other', () => {
    expect(demoIn('local', 'http://127.0.0.1:8585')).toBe('http://127.0.0.1:8585');
    expect(() => demoIn('dev', 'http://127.0.0.1:8585')).toThrow(
      'TASKFLEET_DEMO: expected none outside the stage "local"; leave it out',
    );
    expect(demoIn('dev')).toBeUndefined();
  });

  it('is an address of the web', () => {
    expect(() => demoIn('local', 'javascript:alert(1)')).toThrow(/TASKFLEET_DEMO/);
  });
});
