import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { planRemoval, planTask, planWorker, type Project } from '@taskfleet/toolbox/scaffold';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { wrongNames } from './newNames.ts';

const root = join(import.meta.dirname, '..', '..');
const SEED = 20261121;

const worker = (name: string) =>
  defineWorker(name, {
    tasks: [defineTask(`${name}.run`, { input: z.object({}), output: z.object({}) })],
  });

/** This repository's files, and a fleet of two. */
const project: Project = {
  fleet: defineFleet([worker('thumbnails'), worker('invoice-mail')]),
  read: (path) => {
    try {
      return readFileSync(join(root, path), 'utf8');
    } catch {
      return undefined;
    }
  },
};

const USUAL = { task: 'run', compute: 'fargate', pool: 'inline' } as const;
const plan =
  (name: string, traits: object = {}) =>
  () =>
    planWorker(project, { ...USUAL, ...traits, name });

const REFUSED = { code: 'scaffold_refused' };

describe('a new worker', () => {
  it('is refused under fifty names that cannot be, in a line that says why', () => {
    const refused = fc.property(wrongNames, (name) => {
      expect(plan(name)).toThrow(expect.objectContaining(REFUSED));
      expect(plan(name)).not.toThrow(/\n/);
    });
    fc.assert(refused, { seed: SEED, numRuns: 50 });
  });

  it.each([
    { name: 'Reports', says: 'try "reports"' },
    { name: 'monthlyReports', says: 'try "monthly-reports"' },
    { name: 'monthly_reports', says: 'try "monthly-reports"' },
    { name: '2026-reports', says: 'try "reports"' },
    { name: 'a'.repeat(40), says: `try "${'a'.repeat(31)}"` },
    { name: 'thumbnails', says: 'add a task to it with taskfleet new task thumbnails.<action>' },
    { name: 'invoicemail', says: 'invoice-mail' },
    { name: 'platform', says: 'is reserved' },
    { name: 'nul', says: 'Windows cannot have a folder of that name' },
  ])('is told what would do instead of "$name"', ({ name, says }) => {
    expect(plan(name)).toThrow(says);
  });

  it.each([
    { traits: { task: 'ping' }, says: 'is reserved' },
    { traits: { task: 'Monthly' }, says: 'name: expected worker.action' },
    { traits: { task: 'mail.send' }, says: 'begins with "reports.", got "mail.send"' },
    { traits: { compute: 'lambda', pool: 'threads' }, says: 'lambda' },
  ])('is refused with $traits', ({ traits, says }) => {
    expect(plan('reports', traits)).toThrow(expect.objectContaining(REFUSED));
    expect(plan('reports', traits)).toThrow(says);
  });

  it.each([
    { fleet: 'export const fleet = [];', says: 'defineFleet([…])' },
    { fleet: 'export const fleet = defineFleet(workers);', says: 'add the worker by hand' },
    { fleet: 'export const fleet = (', says: 'workers/fleet.ts cannot be read' },
    { fleet: undefined, says: 'expected workers/fleet.ts, got none' },
  ])('is not added to a fleet that is written as $fleet', ({ fleet, says }) => {
    const read = (path: string) => (path === 'workers/fleet.ts' ? fleet : project.read(path));
    const make = () => planWorker({ ...project, read }, { ...USUAL, name: 'reports' });
    expect(make).toThrow(expect.objectContaining(REFUSED));
    expect(make).toThrow(says);
  });
});

describe('a new task', () => {
  it.each([
    { name: 'reports.run', says: 'make it with taskfleet new worker reports' },
    { name: 'thumbnail.run', says: 'did you mean "thumbnails"?' },
    { name: 'thumbnails', says: 'try "thumbnails.run"' },
    { name: 'thumbnails.run', says: 'there is a task "thumbnails.run" already' },
    { name: 'thumbnails.ping', says: 'is reserved' },
    { name: 'thumbnails.Run', says: 'name: expected worker.action' },
    { name: 'thumbnails.a.b', says: 'name: expected worker.action' },
  ])('is refused as "$name"', ({ name, says }) => {
    const make = () => planTask(project, name);
    expect(make).toThrow(expect.objectContaining(REFUSED));
    expect(make).toThrow(says);
  });
});

describe('a worker that goes', () => {
  it.each([
    { name: 'thumbnail', says: 'did you mean "thumbnails"?' },
    { name: 'reports', says: 'there is no worker "reports"' },
  ])('is refused as "$name"', ({ name, says }) => {
    expect(() => planRemoval(project, name)).toThrow(says);
  });

  it('stays while the fleet uses more of it than its contract', () => {
    const fleet = `import { defineFleet, periodic } from '@taskfleet/toolbox/contract';
import { nightly, thumbnailsWorker } from './thumbnails/contract.ts';
export const fleet = defineFleet([thumbnailsWorker], { periodic: [periodic('n', nightly)] });
`;
    const read = (path: string) => (path === 'workers/fleet.ts' ? fleet : project.read(path));
    expect(() => planRemoval({ ...project, read }, 'thumbnails')).toThrow(
      'workers/fleet.ts uses nightly of thumbnails too; take that out first',
    );
  });

  it('stays when it is the last', () => {
    const alone = { ...project, fleet: defineFleet([worker('thumbnails')]) };
    expect(() => planRemoval(alone, 'thumbnails')).toThrow('"thumbnails" is the only worker');
  });
});
