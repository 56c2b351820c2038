import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type AskAws } from './askAws.ts';
import { type Cdk, succeed } from './cdk.ts';
import { DeployError } from './errors.ts';
import { simplify } from './template/simplify.ts';
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
  /** Logical ids of what is deployed in a simpler form: see simplify. */
  readonly simplified: readonly string[];
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

export interface SynthesizeOptions {
  readonly cdk: Cdk;
  readonly ask: AskAws;
  /** Where the assembly goes. */
  readonly folder: string;
  /** What `cdk synth` is given besides, such as the stage. */
  readonly arguments: readonly string[];
}

/** Synthesizes the stack as a deployment does, and makes of it what the emulator can take. */
export async function synthesizeAssembly(options: SynthesizeOptions): Promise<Assembly> {
  const { cdk, ask, folder } = options;
  await succeed(cdk, ['synth', STACK, ...options.arguments, '--quiet', '-o', folder]);
  const file = join(folder, `${STACK}.template.json`);
  const template = templateSchema.parse(read(file));
  const unsupportedTypes = await unsupportedBy(ask, template);
  const { template: reduced, removed } = withoutTypes(template, unsupportedTypes);
  const { template: simple, simplified } = simplify(reduced);
  // Untouched where nothing is changed: what is deployed then is what the app wrote.
  if (removed.length + simplified.length > 0) {
    writeFileSync(file, JSON.stringify(simple, undefined, 1));
  }
  const { artifacts } = manifest.parse(read(join(folder, 'manifest.json')));
  const stackName = artifacts[STACK]?.properties?.stackName ?? STACK;
  const images = dropImages(folder);
  return { folder, template, stackName, unsupportedTypes, removed, simplified, images };
}

/** Made by a function that the emulator would have to run, and whose answer it would wait for in vain. */
const CUSTOM = /^(Custom::|AWS::CloudFormation::CustomResource$)/;

async function unsupportedBy(ask: AskAws, { Resources }: Template) {
  const types = new Set(Object.values(Resources).map(({ Type }) => Type));
  const unknown = await typesUnknownTo(ask, [...types]);
  return [...unknown, ...[...types].filter((type) => CUSTOM.test(type))];
}

/** CloudFormation names all types that it does not know when it is asked about a template, of which it reads 51,200 bytes. */
async function typesUnknownTo(ask: AskAws, types: readonly string[]): Promise<string[]> {
  const one = types.map((Type, i) => [`Resource${i}`, { Type }]);
  const TemplateBody = JSON.stringify({ Resources: Object.fromEntries(one) });
  const [answer] = await ask([
    {
      service: 'cloudformation',
      operation: 'validate_template',
      parameters: { TemplateBody },
      find: '@',
    },
  ]);
  if (!answer || 'value' in answer) return [];
  const [, unknown] = /Unrecognized resource types: \[([^\]]+)\]/.exec(answer.error) ?? [];
  if (unknown === undefined) throw new DeployError(`the template is refused: ${answer.error}`);
  return unknown.split(',').map((type) => type.trim());
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
