import { testConformance } from '@taskfleet/testing/conformance';
import { emailWith } from './implementation.ts';
import { takeEverything } from './testing/standIn.ts';

testConformance(emailWith(takeEverything()), {
  samples: {
    'email.send': { to: ['ada@example.org'], subject: 'Your export', text: 'It is ready.' },
  },
});
