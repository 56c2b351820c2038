import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleService } from './bundleService.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskfleet-bundle-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the bundle of a service', () => {
  it.each(['platform', 'workers/email'])(
    'of %s starts in an empty folder, and says what its environment lacks',
    async (service) => {
      bundleService({ entry: join(root, service, 'main.ts'), folder: join(folder, service) });
      const program = spawn(process.execPath, ['main.js'], { cwd: join(folder, service), env: {} });
      const [errors, [code]] = await Promise.all([text(program.stderr), once(program, 'exit')]);
      expect({ code, errors }).toEqual({
        code: 2,
        errors: expect.stringContaining('TASKFLEET_TOPIC_ARN'),
      });
    },
  );

  it('has the pages that the platform serves', () => {
    bundleService({ entry: join(root, 'platform', 'main.ts'), folder });
    const page = readFileSync(join(folder, 'dashboard', '.build', 'pages', 'index.html'), 'utf8');
    const [script = ''] = /\/assets\/index-[\w-]+\.js/.exec(page) ?? [];
    expect(existsSync(join(folder, 'dashboard', '.build', 'pages', script))).toBe(true);
  });

  it('has nothing of what a worker has for the laptop and for tests', () => {
    bundleService({ entry: join(root, 'workers', 'email', 'main.ts'), folder });
    const bundle = readFileSync(join(folder, 'main.js'), 'utf8');
    expect(bundle).toContain('SESv2Client');
    expect(bundle).not.toMatch(/SMTPServer|PostalMime/);
  });

  it('leaves out what cannot be bundled, and asks for it in the exact version', () => {
    bundleService({ entry: join(root, 'workers', 'thumbnails', 'main.ts'), folder });
    const own = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
    expect(own).toMatchObject({
      dependencies: { sharp: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
    });
    expect(readFileSync(join(folder, 'main.js'), 'utf8')).toMatch(/from ?"sharp"/);
  });

  it('names the Debian packages that it needs, for the Dockerfile to install', () => {
    const packagesOf = (service: string) => {
      bundleService({ entry: join(root, service, 'main.ts'), folder });
      return readFileSync(join(folder, 'packages.txt'), 'utf8');
    };
    expect(packagesOf('workers/layers')).toBe('git\nopenssh-client\n');
    expect(packagesOf('workers/thumbnails')).toBe('');
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toMatch(
      /xargs apt-get install .* < packages\.txt[^]*USER node/,
    );
  });

  it.each(['--allow-unauthenticated', 'git;reboot', 'Git', 'git\ncurl', ''])(
    'refuses the Debian package %j in one line',
    (name) => {
      const [home, bundle] = [join(folder, 'service'), join(folder, 'bundle')];
      mkdirSync(home);
      const manifest = { name: 'service', taskfleet: { packages: [name] } };
      writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
      expect(() => bundleService({ entry: join(home, 'main.ts'), folder: bundle })).toThrow(
        /^.*package\.json: taskfleet\.packages\.0: expected the name of a Debian package, such as git$/,
      );
    },
  );

  it('refuses Debian packages for a function', () => {
    const entry = join(root, 'workers', 'layers', 'main.ts');
    expect(() => bundleService({ entry, folder, target: 'function' })).toThrow(
      '@taskfleet/worker-layers: taskfleet.packages: Lambda has no place for git, openssh-client; run it with fargate()',
    );
  });
});
