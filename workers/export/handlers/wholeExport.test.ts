import { fleetForTests } from '@taskfleet/testing';
import { expect, test } from 'vitest';
import { exportProject } from '../contract.ts';
import { sampleProject } from '../demo/sampleProject.ts';
import { inputFor, quickExports } from '../testing/exports.ts';
import { openZip } from '../testing/openZip.ts';
import { startHost } from '../testing/startHost.ts';

const SET = ['cpg', 'dbf', 'prj', 'shp', 'shx'];
const setOf = (name: string) => SET.map((extension) => `shp/${name}.${extension}`);

test('exports a project as one zip behind a link', async () => {
  await using host = await startHost({ projects: { 'ilha/fields': sampleProject() } });
  await using fleet = await fleetForTests({ workers: [quickExports()] });
  const handle = await fleet.schedule(exportProject, inputFor(host.source));
  const { links } = await handle.result();
  expect(links.map(({ text }) => text)).toEqual(['fields: workbook, shapefiles, resources (zip)']);
  const answer = await fetch(links[0]!.url);
  const files = await openZip(new Uint8Array(await answer.arrayBuffer()));
  expect([...files.keys()].toSorted()).toEqual([
    'res/files/deed.txt',
    'res/files/sketch.svg',
    'res/resources.xlsx',
    'shp/README.txt',
    ...setOf('lines'),
    ...setOf('points'),
    ...setOf('polygons'),
    'xls/fields.xlsx',
  ]);
});
