import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { LOCAL_REGION } from '@taskfleet/infra/local';
import type { Endpoints } from '@taskfleet/toolbox/aws';
import type { RanTask } from '../fixtures/runThumbnail.ts';
import { type AskAws, askOne } from './askAws.ts';
import { type Assembly, STACK, synthesizeAssembly } from './assembly.ts';
import { type Cdk, succeed } from './cdk.ts';
import { type Sight, seeStack } from './checks/seeStack.ts';
import { completeStack } from './completeStack.ts';
import { DeployError } from './errors.ts';
import { listStack } from './listStack.ts';
import { refuseBadInput } from './refuseBadInput.ts';
import { runTask } from './runTask.ts';
import type { PhysicalIds } from './template/fillIn.ts';
import { isRetained } from './template/template.ts';
import type { Tell } from './tell.ts';

export interface RehearsalOptions {
  readonly cdk: Cdk;
  /** Of somebody who has not logged in. */
  readonly loggedOut: Cdk;
  readonly ask: AskAws;
  readonly endpoint: string;
  readonly inherited: Readonly<Record<string, string>>;
  /** For everything that is written. */
  readonly folder: string;
  readonly tell: Tell;
}

/** What a deployment was seen to do. */
export interface Rehearsal {
  readonly refused: readonly string[];
  readonly assembly: Pick<Assembly, 'unsupportedTypes' | 'removed' | 'images'>;
  readonly sight: Sight;
  /** What this run made, because the emulator had not. */
  readonly made: readonly string[];
  readonly task: RanTask;
  /** What stays when the stack is destroyed, as the template wants it. */
  readonly retained: readonly string[];
}

/** Refusals, bootstrap, deployment, a task, a deployment without a change, destruction. Throws DeployError for what does not hold. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { cdk, ask, tell, folder } = options;
  const refused = await refuseBadInput(
    { loggedIn: cdk, loggedOut: options.loggedOut },
    tell.refused,
  );
  const assembly = await synthesizeAssembly(cdk, ask, join(folder, 'first'));
  tell.synthesized(assembly);
  const accountId = await accountOf(ask);
  await succeed(cdk, ['bootstrap', `aws://${accountId}/${LOCAL_REGION}`]);
  tell.bootstrapped(accountId);
  const deployed = await deploy(options, assembly);
  const { template, stackName } = assembly;
  const physicalIds = await listStack(ask, stackName);
  const sight = await seeStack(ask, template, physicalIds);
  tell.saw(assembly, sight);
  const endpoints = endpointsAt(options.endpoint);
  const completed = await completeStack({ ...assembly, endpoints, physicalIds, sight, accountId });
  tell.completed(template, completed.made);
  const outputs = { ...completed.outputs, ...deployed };
  const task = await runTask({
    ...options,
    outputs,
    endpoints,
    onStarted: tell.started,
  });
  tell.ran(task);
  await deployAgain(options, assembly);
  const retained = await destroy(options, assembly, { physicalIds, sight });
  const { unsupportedTypes, removed, images } = assembly;
  const left = { unsupportedTypes, removed, images };
  return { refused, assembly: left, sight, made: completed.made, task, retained };
}

/** By its number: beside a name, the SDK would look for a host of the bucket's name. */
function endpointsAt(endpoint: string): Endpoints {
  const { origin } = new URL(endpoint.replace('localhost', '127.0.0.1'));
  return { sns: origin, sqs: origin, s3: origin, dynamodb: origin };
}

async function accountOf(ask: AskAws): Promise<string> {
  const question = { service: 'sts', operation: 'get_caller_identity', parameters: {} };
  return String(await askOne(ask, { ...question, find: 'Account' }));
}

const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()));

function deployArguments({ folder }: Assembly): string[] {
  return ['deploy', STACK, '--app', folder, '--require-approval', 'never'];
}

/** The outputs that the command line writes. An emulator that works out none writes no file. */
async function deploy({ cdk, folder, tell }: RehearsalOptions, assembly: Assembly) {
  const file = join(folder, 'outputs.json');
  await succeed(cdk, [...deployArguments(assembly), '--outputs-file', file]);
  const outputs = outputsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const ofStack = outputs[STACK] ?? outputs[assembly.stackName] ?? {};
  tell.deployed(assembly, ofStack);
  return ofStack;
}

/** From a new synthesis: a template that differs from run to run would replace things at every deployment. */
async function deployAgain({ cdk, ask, folder, tell }: RehearsalOptions, first: Assembly) {
  const second = await synthesizeAssembly(cdk, ask, join(folder, 'second'));
  const output = await succeed(cdk, deployArguments(second));
  if (!output.includes(`(${first.stackName}) (no changes)`)) {
    throw new DeployError('a second deployment without a change changed something; see cdk.log');
  }
  // CloudFormation counts changes of resources only.
  if (!isDeepStrictEqual(first.template, second.template)) {
    throw new DeployError('two syntheses gave two templates; see first/ and second/');
  }
  tell.unchanged();
}

/** What is left has to be what the template keeps, and all of that. */
async function destroy(
  { cdk, ask, tell }: RehearsalOptions,
  assembly: Assembly,
  { physicalIds, sight }: { readonly physicalIds: PhysicalIds; readonly sight: Sight },
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
