import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { toldOfHost } from './hostService.ts';

const host = { address: 'http://127.0.0.1:8585', folder: '/home/ann/.taskfleet/host' };
const sources = { variable: 'TASKFLEET_EXPORT_SOURCES', meaning: 'x', schema: z.string() };
const schemas = { input: z.object({}), output: z.void() };
const fleet = defineFleet([
  defineWorker('export', { tasks: [defineTask('export.run', schemas)], settings: { sources } }),
  defineWorker('other', { tasks: [defineTask('other.run', schemas)] }),
]);
const tell = (service: string, own: Record<string, string> = {}) =>
  toldOfHost({ host, fleet, service, own });

it('tells the platform where it is, and that it may show panels', () => {
  expect(tell('platform', { PORT: '1' })).toEqual({
    PORT: '1',
    TASKFLEET_DEMO: host.address,
    TASKFLEET_EMBEDDERS: host.address,
  });
  const embedders = 'https://app.example.com';
  expect(tell('platform', { TASKFLEET_EMBEDDERS: embedders })).toMatchObject({
    TASKFLEET_EMBEDDERS: `${embedders},${host.address}`,
  });
});

it('tells a worker only what it has a setting for', () => {
  expect(tell('export')).toEqual({ TASKFLEET_EXPORT_SOURCES: host.address });
  expect(tell('other')).toEqual({});
});

it('says nothing against a person', () => {
  const own = { TASKFLEET_EXPORT_SOURCES: 'https://land.example.org' };
  expect(tell('export', own)).toEqual(own);
});
