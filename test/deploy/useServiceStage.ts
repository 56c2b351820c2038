import { fleet } from '@taskfleet/fleet';
import { alarmExpectations } from './checks/alarmExpectations.ts';
import { containerExpectations } from './checks/containerExpectations.ts';
import { deployedTemplate } from './checks/deployedTemplate.ts';
import { expectAll } from './checks/expectation.ts';
import { checkLeftOut } from './checks/leftOut.ts';
import { policyExpectations } from './checks/policyExpectations.ts';
import type { UseStage } from './rehearsal.ts';
import { GIVEN_IMAGES } from './givenImages.ts';

/** Compares services, containers, rights, policies, alarms and page with what was asked for. Nothing runs: no container can. */
export const useServiceStage: UseStage = async ({ ask, accountId, tell }, deployed) => {
  const template = deployedTemplate(deployed, accountId);
  const { outputs } = deployed;
  const checked = await expectAll(ask, [
    ...containerExpectations(template, {
      stage: 'rehearsal',
      outputs,
      images: GIVEN_IMAGES,
      fleet,
    }),
    ...policyExpectations(template),
    ...alarmExpectations(template),
  ]);
  const leftOut = checkLeftOut(deployed.assembly, fleet);
  tell.compared(checked, leftOut);
  return { checked: [...checked, ...leftOut] };
};
