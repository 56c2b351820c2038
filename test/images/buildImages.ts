import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { bundleService } from '../../infra/images/bundleService.ts';
import { programOf } from '../../infra/local/services.ts';
import { makeBaseRoot } from './makeBaseRoot.ts';
import { runTool } from './runTool.ts';

/** What an image says of how it is run. */
const imageSchema = z.object({
  OCIv1: z.object({
    config: z.object({
      User: z.string().default('root'),
      Env: z.array(z.string()).default([]),
      Cmd: z.array(z.string()),
      WorkingDir: z.string(),
      Volumes: z.record(z.string(), z.unknown()).default({}),
    }),
  }),
});

export interface BuiltImage {
  readonly config: z.output<typeof imageSchema>['OCIv1']['config'];
  /** The root of its file system. */
  readonly root: string;
}

export interface ImageBuilder {
  /** Throws ImageError. */
  readonly build: (service: string) => Promise<BuiltImage>;
}

const BASE = 'localhost/node:24-slim';

/** What the Dockerfile calls its base. */
const BASE_IN_DOCKERFILE = 'node:24-slim';

/** Makes the base image in the folder, where everything else goes as well. */
export async function imageBuilder(folder: string, npm: string): Promise<ImageBuilder> {
  const store = ['--root', join(folder, 'store'), '--runroot', join(folder, 'run')];
  const buildah = async (...args: string[]) =>
    runTool('buildah', [...store, '--storage-driver', 'vfs', ...args]);
  const bud = async (tag: string, context: string, ...args: string[]) =>
    buildah('bud', '--isolation', 'chroot', '--quiet', ...args, '-t', tag, context);
  const base = join(folder, 'base');
  await makeBaseRoot(join(base, 'root'), npm);
  writeFileSync(join(base, 'Dockerfile'), 'FROM scratch\nCOPY root /\n');
  await bud(BASE, base);
  const registry = await registryMounts(folder, npm);
  return {
    build: async (service) => {
      const context = join(folder, 'bundles', service);
      bundleService({ entry: programOf(service), folder: context });
      const tag = `localhost/${service}:1`;
      const instead = `${BASE_IN_DOCKERFILE}=container-image://${BASE}`;
      await bud(tag, context, '--build-context', instead, ...registry);
      const inspected: unknown = JSON.parse(await buildah('inspect', '--type', 'image', tag));
      const { config } = imageSchema.parse(inspected).OCIv1;
      return { config, root: await buildah('mount', await buildah('from', tag)) };
    },
  };
}

/** How this machine reaches the package registry, for the time of the build only. */
async function registryMounts(folder: string, npm: string): Promise<string[]> {
  const setting = async (name: string) => runTool(process.execPath, [npm, 'config', 'get', name]);
  const settings = join(folder, 'npm');
  mkdirSync(settings);
  const lines = [`registry=${await setting('registry')}`];
  const certificates = process.env['NODE_EXTRA_CA_CERTS'] ?? (await setting('cafile'));
  const mounts = ['--volume', `${join(settings, 'npmrc')}:/root/.npmrc:ro`];
  if (certificates !== 'null' && certificates !== '') {
    lines.push('cafile=/etc/registry.pem');
    mounts.push('--volume', `${certificates}:/etc/registry.pem:ro`);
  }
  writeFileSync(join(settings, 'npmrc'), `${lines.join('\n')}\n`);
  return mounts;
}
