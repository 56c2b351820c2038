import { STACK } from './assembly.ts';
import { succeed } from './cdk.ts';
import { seeStack } from './checks/seeStack.ts';
import { DeployError } from './errors.ts';
import { listStack } from './listStack.ts';
import type { DeployedStage, RehearsalOptions } from './rehearsal.ts';
import { isRetained } from './template/template.ts';

/** Resolves to what is left, which has to be what the template keeps, and all of that. Throws DeployError. */
export async function destroyStage(
  { cdk, ask, tell }: RehearsalOptions,
  { assembly, physicalIds, sight }: DeployedStage,
): Promise<readonly string[]> {
  const { folder, stackName, template } = assembly;
  await succeed(cdk, ['destroy', STACK, '--app', folder, '--force']);
  const listed = await listStack(ask, stackName);
  const { seen } = await seeStack(ask, template, physicalIds);
  const isKept = (logicalId: string) => isRetained(template.Resources[logicalId]);
  const left = [...listed.keys(), ...seen.filter((id) => !isKept(id))];
  if (left.length > 0) throw new DeployError(`cdk destroy left ${left.join(', ')}`);
  const lost = sight.seen.filter((id) => isKept(id) && !seen.includes(id));
  if (lost.length > 0) throw new DeployError(`cdk destroy took ${lost.join(', ')}, which is kept`);
  tell.destroyed(template, physicalIds, seen);
  return seen;
}
