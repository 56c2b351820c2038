import { testConformance } from '@taskfleet/testing/conformance';
import { sampleProject } from './demo/sampleProject.ts';
import { inputFor, quickExports } from './testing/exports.ts';
import { startHost } from './testing/startHost.ts';

const host = await startHost({ projects: { 'ilha/fields': sampleProject() } });
const { format, ...where } = inputFor(host.source, 'xls');

testConformance(quickExports(), {
  samples: {
    'export.project': { ...where, format },
    'export.part': { ...where, part: 'xls', folder: 'sample' },
    'export.bundle': {
      folder: 'sample',
      project: where.project,
      parts: [{ part: 'xls', rows: 9, files: 1, notes: [] }],
    },
  },
  // It waits for other tasks, which wait for their places.
  timeout: '2m',
});
