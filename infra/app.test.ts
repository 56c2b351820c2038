import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fleet } from '@taskfleet/fleet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ECR = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'taskfleet-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

/** As the CDK's command line runs it. */
function runApp(
  context: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>> = {},
) {
  const env = { ...environment, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) };
  const app = join(import.meta.dirname, 'app.ts');
  return spawnSync(process.execPath, [app], { encoding: 'utf8', env });
}

const services = ['platform', ...fleet.workers.map(({ name }) => name)];

/** An image for each of these, which then is not bundled: that takes seconds. */
function imagesOf(image: string, of: readonly string[]): Record<string, string> {
  return Object.fromEntries(of.map((service) => [`image.${service}`, image]));
}

/** The whole fleet is bundled for some tests: seconds on idle cores. */
describe('the app', { timeout: 180_000 }, () => {
  it('synthesizes the stage dev when none is given, in silence', () => {
    const { status, stdout, stderr } = runApp({});
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readdirSync(outdir)).toContain('Fleet.template.json');
  });

  it('refuses a bad stage in one line', () => {
    const { status, stderr } = runApp({ stage: 'Prod!' });
    expect(status).toBe(1);
    expect(stderr).toBe(
      'context: stage: expected a letter and up to 15 letters or digits in lower case (such as dev, staging, prod), got "Prod!"\n',
    );
    expect(readdirSync(outdir)).toEqual([]);
  });

  it('refuses a context that nothing reads, with the near miss', () => {
    const { status, stderr } = runApp({ stge: 'prod' });
    expect(status).toBe(1);
    expect(stderr).toBe(
      'context: expected -c stage, -c prefix, -c vpc, -c alarmEmail, -c encryptionKey, -c platform, -c domain, -c certificate, -c apiKeys, -c identityIssuer, -c identityAudience, -c identityRolesClaim, -c identityNameClaim, -c identityClient, -c accessLogs, -c embedders, -c image.<service>, -c setting.<variable>, got "stge"; the nearest is "stage"\n',
    );
    expect(readdirSync(outdir)).toEqual([]);
  });

  it('has no defaults in production, and says all that is missing', () => {
    const { status, stderr } = runApp({ stage: 'prod', vp: 'vpc-1' });
    expect(status).toBe(1);
    expect(stderr).toContain('got "vp"; the nearest is "vpc"');
    expect(stderr).toContain('expected -c prefix=…');
    expect(stderr).toContain('expected -c alarmEmail=…');
    expect(stderr).toContain('expected -c platform=internal');
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it('says what it takes to look for a VPC', () => {
    const { status, stderr } = runApp({ vpc: 'vpc-1' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^context: vpc: expected credentials and a region.*\n$/);
  });

  it('refuses an image for a service that there is not', () => {
    const { status, stderr } = runApp({ 'image.thumbnail': `${ECR}/thumbs:1` });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        'context: image.thumbnail: there is no service "thumbnail"; did you mean "thumbnails"?\n',
    });
  });

  it('takes images that a pipeline has built, bundles the rest, and encrypts with a key when asked to', () => {
    const repository = `${ECR}/thumbs`;
    const built = services.slice(1);
    const context = { ...imagesOf(`${repository}:7`, built), encryptionKey: 'create' };
    expect(runApp(context)).toMatchObject({
      status: 0,
      stderr: '',
    });
    const template = readFileSync(join(outdir, 'Fleet.template.json'), 'utf8');
    expect(template).toContain('dkr.ecr.eu-central-1');
    expect(template).toContain('ecr:BatchGetImage');
    expect(template).toContain('AWS::KMS::Key');
  });

  it("lets the command line's own context pass", () => {
    const own = { 'cli-telemetry': false, 'availability-zones:account=1:region=x': ['a'] };
    const images = imagesOf(`${ECR}/all:7`, services);
    const context = { ...images, ...own, 'aws:cdk:enable-path-metadata': true };
    expect(runApp(context).stderr).toBe('');
  });

  it('refuses the stage local outside this machine', () => {
    const { status, stderr } = runApp(
      { stage: 'local' },
      { AWS_ENDPOINT_URL: 'https://aws.example' },
    );
    expect(status).toBe(1);
    expect(stderr).toBe(
      'stack: stage: "local" is deployed to an emulator only; expected AWS_ENDPOINT_URL with an address of this machine, got "https://aws.example"; npm run test:deploy sets it\n',
    );
    expect(runApp({ stage: 'local' }).status).toBe(1);
  });

  it('synthesizes the stage local for an emulator on this machine', () => {
    const emulator = { AWS_ENDPOINT_URL: 'http://localhost:4566' };
    expect(runApp({ stage: 'local' }, emulator)).toMatchObject({ status: 0, stderr: '' });
  });
});
