import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { synthesizeAssembly } from './assembly.ts';
import { succeed } from './cdk.ts';
import { deployArguments } from './deployArguments.ts';
import { DeployError } from './errors.ts';
import type { DeployedStage, RehearsalOptions } from './rehearsal.ts';

/** From a new synthesis: a template that differs from run to run would replace things at every deployment. Throws DeployError. */
export async function deployAgain(
  { cdk, ask, folder, tell }: RehearsalOptions,
  { stage, assembly: first }: DeployedStage,
): Promise<void> {
  const again = join(folder, `${stage.name}-again`);
  const second = await synthesizeAssembly({ cdk, ask, folder: again, ...stage });
  const output = await succeed(cdk, deployArguments(second));
  if (!output.includes(`(${first.stackName}) (no changes)`)) {
    throw new DeployError('a second deployment without a change changed something; see cdk.log');
  }
  // CloudFormation counts changes of resources only.
  if (!isDeepStrictEqual(first.template, second.template)) {
    throw new DeployError(`two syntheses gave two templates; see ${stage.name}/ and ${again}/`);
  }
  tell.unchanged();
}
