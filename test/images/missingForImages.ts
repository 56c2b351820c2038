import { lastLine } from '../deploy/programs/runCommand.ts';
import { tryTool } from './runTool.ts';

/** What is missing to build and run images, in one line, or undefined. */
export async function missingForImages(npm: string | undefined): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'the base image is made of a Linux machine';
  // Without, it would take a range of user ids, which few machines give.
  if (process.getuid?.() !== 0) return 'building and running images needs root';
  if (await fails('buildah', ['--version']))
    return 'no buildah (on Debian: apt-get install buildah)';
  if (await fails('unshare', ['--mount', 'true'])) return 'no mount namespaces on this machine';
  if (npm === undefined) return 'npm is not known; start it with npm run test:image';
  const asked = await tryTool(process.execPath, [npm, 'view', 'sharp', 'version']);
  if (asked.exitCode === 0) return undefined;
  return `the package registry does not answer: ${lastLine(asked)}`;
}

async function fails(program: string, args: readonly string[]): Promise<boolean> {
  return (await tryTool(program, args)).exitCode !== 0;
}
