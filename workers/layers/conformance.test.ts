import { testConformance } from '@taskfleet/testing/conformance';
import { implementation } from './implementation.ts';

testConformance(implementation, {
  samples: {
    'layers.update': { name: 'Ada' },
    'layers.updateAll': { name: 'Ada' },
  },
});
