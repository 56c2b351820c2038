import { LOCAL_REGION } from '@taskfleet/infra/local';
import { type AskAws, askOne } from './askAws.ts';
import { succeed } from './cdk.ts';
import { deployAgain } from './deployAgain.ts';
import { deployStage } from './deployStage.ts';
import { destroyStage } from './destroyStage.ts';
import { refuseBadInput } from './refuseBadInput.ts';
import type { Rehearsal, RehearsalOptions, RehearsedStage } from './rehearsal.ts';
import { rehearsedStages } from './rehearsedStages.ts';

/** Refusals, bootstrap; and of each stage deployment, use, a deployment without a change, destruction. Throws DeployError for what does not hold. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { cdk, ask, tell } = options;
  const refused = await refuseBadInput(
    { loggedIn: cdk, loggedOut: options.loggedOut },
    tell.refused,
  );
  const accountId = await accountOf(ask);
  await succeed(cdk, ['bootstrap', `aws://${accountId}/${LOCAL_REGION}`]);
  tell.bootstrapped(accountId);
  const stages: RehearsedStage[] = [];
  for (const { use, ...stage } of rehearsedStages()) {
    const deployed = await deployStage(options, stage);
    const used = await use({ ...options, accountId }, deployed);
    await deployAgain(options, deployed);
    const retained = await destroyStage(options, deployed);
    const { unsupportedTypes, removed, simplified, images } = deployed.assembly;
    const assembly = { unsupportedTypes, removed, simplified, images };
    stages.push({ stage: stage.name, assembly, sight: deployed.sight, ...used, retained });
  }
  return { refused, stages };
}

async function accountOf(ask: AskAws): Promise<string> {
  const question = { service: 'sts', operation: 'get_caller_identity', parameters: {} };
  return String(await askOne(ask, { ...question, find: 'Account' }));
}
