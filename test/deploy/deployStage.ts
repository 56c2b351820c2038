import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { STACK, synthesizeAssembly } from './assembly.ts';
import { seeStack } from './checks/seeStack.ts';
import { succeed } from './cdk.ts';
import { deployArguments } from './deployArguments.ts';
import { listStack } from './listStack.ts';
import type { DeployedStage, RehearsalOptions, Stage } from './rehearsal.ts';

const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()));

/** Synthesizes and deploys a stage, and looks at every resource of it. */
export async function deployStage(options: RehearsalOptions, stage: Stage): Promise<DeployedStage> {
  const { cdk, ask, folder, tell } = options;
  tell.began(stage);
  const ofStage = join(folder, stage.name);
  const assembly = await synthesizeAssembly({ cdk, ask, folder: ofStage, ...stage });
  tell.synthesized(assembly);
  const file = join(folder, `${stage.name}-outputs.json`);
  await succeed(cdk, [...deployArguments(assembly), '--outputs-file', file]);
  // The command line writes them. An emulator that works out none writes no file.
  const all = outputsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const outputs = all[STACK] ?? all[assembly.stackName] ?? {};
  tell.deployed(assembly, outputs);
  const physicalIds = await listStack(ask, assembly.stackName);
  const sight = await seeStack(ask, assembly.template, physicalIds);
  tell.saw(assembly, sight);
  return { stage, assembly, outputs, physicalIds, sight };
}
