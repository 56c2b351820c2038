import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { connectFleet } from '@taskfleet/toolbox/schedule';
import { localFleetEnvironment } from '../../infra/local/services.ts';
import { deployedTemplate } from './checks/deployedTemplate.ts';
import { expectAll } from './checks/expectation.ts';
import { functionExpectations } from './checks/functionExpectations.ts';
import { checkLeftOut } from './checks/leftOut.ts';
import { policyExpectations } from './checks/policyExpectations.ts';
import { DeployError } from './errors.ts';
import { addOnLambda, sumsFleet } from './function/sumsFleet.ts';
import type { UseStage } from './rehearsal.ts';

/** One that succeeds at once, and one whose message has to come back: a batch of which part has failed. */
const INPUTS = [
  { a: 1, b: 2 },
  { a: 1, b: -4 },
];

/** Compares the function and its event source with what was asked for, and has it run tasks. Throws DeployError. */
export const useFunctionStage: UseStage = async (options, deployed) => {
  const { ask, accountId, tell, endpoints } = options;
  const { outputs } = deployed;
  const template = deployedTemplate(deployed, accountId);
  const checked = await expectAll(ask, [
    ...functionExpectations(template, { stage: LOCAL_STAGE, outputs }),
    ...policyExpectations(template),
  ]);
  const leftOut = checkLeftOut(deployed.assembly, sumsFleet);
  tell.compared(checked, leftOut);
  const fleet = connectFleet(localFleetEnvironment({ outputs, endpoints }));
  try {
    const handles = await Promise.all(
      INPUTS.map(async (input) => fleet.schedule(addOnLambda, input)),
    );
    const sums = await Promise.all(handles.map(async (handle) => handle.result({ timeout: '1m' })));
    if (sums.join(',') !== '3,-3') throw new DeployError(`the function gave ${sums.join(', ')}`);
    tell.invoked(handles.map(({ id }) => id));
  } finally {
    fleet.close();
  }
  return { checked: [...checked, ...leftOut] };
};
