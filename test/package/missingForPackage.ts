import { tryTool } from '../images/runTool.ts';

/** What is missing to try the package outside, in one line, or undefined. */
export async function missingForPackage(npm: string | undefined): Promise<string | undefined> {
  if (npm === undefined) return 'npm is not known; start it with npm run test:package';
  const { exitCode } = await tryTool('tar', ['--version']);
  return exitCode === 0 ? undefined : 'no tar to unpack with';
}
