/** `npm run test:image`: the images that `cdk deploy` would have Docker build, built with buildah and run. See docs/emulators.md. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltImage, imageBuilder } from './buildImages.ts';
import { containerCommand } from './containerCommand.ts';
import { ImageError } from './errors.ts';
import { missingForImages } from './missingForImages.ts';
import { SMOKED, smokeTest } from './smokeTest.ts';

const args = process.argv.slice(2);
if (args.some((arg) => arg !== '--required')) {
  process.stderr.write(`expected nothing or --required, got ${args.join(' ')}\n`);
  process.exit(2);
}
// Everything that was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(1));
}

/** Set by npm for what it runs. */
const npm = process.env['npm_execpath'];
const missing = await missingForImages(npm);
if (npm === undefined || missing !== undefined) {
  process.stdout.write(`skipped: ${missing}\n`);
  process.exit(args.includes('--required') ? 1 : 0);
}

const folder = mkdtempSync(join(tmpdir(), 'taskfleet-images-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
try {
  await testImages(npm);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function testImages(npmPath: string): Promise<void> {
  const builder = await imageBuilder(folder, npmPath);
  const images = new Map<string, BuiltImage>();
  for (const service of SMOKED) {
    const image = await builder.build(service);
    // Without it, Fargate's volume over /tmp belongs to root.
    if (!('/tmp' in image.config.Volumes)) throw new ImageError(`${service}: /tmp is no volume`);
    images.set(service, image);
    process.stdout.write(`built  ${service}, which runs as ${image.config.User}\n`);
  }
  const { id } = await smokeTest((service) => containerCommand(images.get(service)!));
  process.stdout.write(`ran    ${id}; both containers ended with 0 on SIGTERM\n`);
}
