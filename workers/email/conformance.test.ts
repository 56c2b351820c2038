import { testConformance } from '@taskfleet/testing/conformance';
import { implementation } from './implementation.ts';

testConformance(implementation, { samples: { 'email.send': { name: 'Ada' } } });
