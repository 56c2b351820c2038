import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { z } from 'zod';
import { type AskAws } from './askAws.ts';
import { type Cdk, succeed } from './cdk.ts';
import { DeployError } from './errors.ts';
import { type Template, templateSchema } from './template/template.ts';
import { withoutTypes } from './template/withoutTypes.ts';

/** A stack's id in the app, which the command line takes. */
export const STACK = 'Fleet';

export interface Assembly {
  /** What `cdk deploy --app` takes. */
  readonly folder: string;
  /** As the app wrote it. */
  readonly template: Template;
  readonly stackName: string;
  /** Types of the template that the emulator's CloudFormation does not know, or could not make: see CUSTOM. */
  readonly unsupportedTypes: readonly string[];
  /** Logical ids that were taken out of what is deployed, because of them. */
  readonly removed: readonly string[];
  /** Container images that are not built: there is no Docker, and nothing to run them. */
  readonly images: number;
}

const manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ properties: z.object({ stackName: z.string().optional() }).optional() }),
  ),
});
const assets = z.looseObject({ dockerImages: z.record(z.string(), z.unknown()).default({}) });

/** Synthesizes the stack as a deployment does, and makes of it what the emulator can take. */
export async function synthesizeAssembly(cdk: Cdk, ask: AskAws, folder: string): Promise<Assembly> {
  await succeed(cdk, ['synth', STACK, '-c', `stage=${LOCAL_STAGE}`, '--quiet', '-o', folder]);
  const file = join(folder, `${STACK}.template.json`);
  const template = templateSchema.parse(read(file));
  const unsupportedTypes = await unsupportedBy(ask, template, file);
  const { template: reduced, removed } = withoutTypes(template, unsupportedTypes);
  // Untouched where nothing is taken out: what is deployed then is what the app wrote.
  if (removed.length > 0) writeFileSync(file, JSON.stringify(reduced, undefined, 1));
  const { artifacts } = manifest.parse(read(join(folder, 'manifest.json')));
  const stackName = artifacts[STACK]?.properties?.stackName ?? STACK;
  return { folder, template, stackName, unsupportedTypes, removed, images: dropImages(folder) };
}

/** Made by a function that the emulator would have to run, and whose answer it would wait for in vain. */
const CUSTOM = /^(Custom::|AWS::CloudFormation::CustomResource$)/;

async function unsupportedBy(ask: AskAws, { Resources }: Template, file: string) {
  const types = Object.values(Resources).map(({ Type }) => Type);
  const unknown = await typesUnknownTo(ask, readFileSync(file, 'utf8'));
  return [...new Set([...unknown, ...types.filter((type) => CUSTOM.test(type))])];
}

/** CloudFormation names all types that it does not know when it is asked about a template. */
async function typesUnknownTo(ask: AskAws, TemplateBody: string): Promise<string[]> {
  const [answer] = await ask([
    {
      service: 'cloudformation',
      operation: 'validate_template',
      parameters: { TemplateBody },
      find: '@',
    },
  ]);
  if (!answer || 'value' in answer) return [];
  const [, types] = /Unrecognized resource types: \[([^\]]+)\]/.exec(answer.error) ?? [];
  if (types === undefined) throw new DeployError(`the template is refused: ${answer.error}`);
  return types.split(',').map((type) => type.trim());
}

function dropImages(folder: string): number {
  const file = join(folder, `${STACK}.assets.json`);
  const { dockerImages, ...others } = assets.parse(read(file));
  const count = Object.keys(dockerImages).length;
  if (count > 0) writeFileSync(file, JSON.stringify({ ...others, dockerImages: {} }, undefined, 1));
  return count;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
