import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it, vi } from 'vitest';
import { createApp } from '../createApp.ts';
import { exampleFleet } from '../exampleFleet.ts';
import { FleetStack } from '../fleetStack.ts';
import { parseTemplate } from './provision/template.ts';
import { synthesize } from './synthesize.ts';

describe('synthesize', () => {
  it('gives the template that is deployed', async () => {
    const { template, stackName } = await synthesize(exampleFleet());
    const app = createApp({ builtinCloudFormationValidation: false });
    const stack = new FleetStack(app, 'Fleet', { fleet: exampleFleet(), stage: LOCAL_STAGE });
    const deployed = parseTemplate(Template.fromStack(stack).toJSON());
    expect(stackName).toBe('taskfleet-local');
    expect(parseTemplate(template).Outputs).toEqual(deployed.Outputs);
    expect(propertiesOf(parseTemplate(template))).toEqual(propertiesOf(deployed));
  });

  it('leaves no files behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'taskfleet-'));
    vi.stubEnv('TMPDIR', folder);
    await synthesize(exampleFleet());
    expect(readdirSync(folder)).toEqual([]);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
});

function propertiesOf({ Resources }: ReturnType<typeof parseTemplate>) {
  return Object.entries(Resources).map(([id, { Type, Properties }]) => [id, Type, Properties]);
}
