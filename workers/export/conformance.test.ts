import { testConformance } from '@taskfleet/testing/conformance';
import { implementation } from './implementation.ts';

testConformance(implementation, {
  samples: {
    'export.project': { name: 'Ada' },
    'export.part': { name: 'Ada' },
  },
});
