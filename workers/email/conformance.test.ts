import { testConformance } from '@taskfleet/testing/conformance';
import { emailWith } from './implementation.ts';
import { standInMail } from './testing/standInMail.ts';

testConformance(emailWith(standInMail()), {
  samples: {
    'email.send': { to: ['ada@example.org'], subject: 'Your export', text: 'It is ready.' },
  },
});
