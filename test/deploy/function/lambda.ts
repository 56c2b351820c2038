import { implement } from '@taskfleet/toolbox/contract';
import { lambdaHandler } from '@taskfleet/toolbox/lambda';
import { sumsWorker } from './sumsFleet.ts';

export const handler = lambdaHandler(
  implement(sumsWorker, {
    'sums.add': ({ a, b }, { attempt }) => {
      if (a + b < 0 && attempt === 1) throw new RangeError('negative sums are added twice');
      return a + b;
    },
  }),
);
