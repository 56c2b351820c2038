import { fleetForTests } from '@taskfleet/testing';
import { expect, test } from 'vitest';
import { exportProject } from '../contract.ts';
import { sampleProject } from '../demo/sampleProject.ts';
import { inputFor, quickExports } from '../testing/exports.ts';
import { openZip } from '../testing/openZip.ts';
import { startHost } from '../testing/startHost.ts';

test('exports a project as one zip behind a link', async () => {
  await using host = await startHost({ projects: { 'ilha/fields': sampleProject() } });
  await using fleet = await fleetForTests({ workers: [quickExports()] });
  const handle = await fleet.schedule(exportProject, inputFor(host.source));
  const { links } = await handle.result();
  const answer = await fetch(links[0]!.url);
  const files = await openZip(new Uint8Array(await answer.arrayBuffer()));
  expect([...files.keys()].toSorted()).toEqual([
    'res/files/deed.txt',
    'res/files/sketch.svg',
    'res/resources.xlsx',
    'shp/README.txt',
    'shp/lines.cpg',
    'shp/lines.dbf',
    'shp/lines.prj',
    'shp/lines.shp',
    'shp/lines.shx',
    'shp/points.cpg',
    'shp/points.dbf',
    'shp/points.prj',
    'shp/points.shp',
    'shp/points.shx',
    'shp/polygons.cpg',
    'shp/polygons.dbf',
    'shp/polygons.prj',
    'shp/polygons.shp',
    'shp/polygons.shx',
    'xls/fields.xlsx',
  ]);
});
