import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const locked = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockfile = z.object({ packages: z.record(z.string(), locked) });

const text = readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8');
const { packages } = lockfile.parse(JSON.parse(text));
const installed = Object.entries(packages).filter(
  ([path, { link, inBundle }]) => path.includes('node_modules/') && !link && !inBundle,
);

describe('the lockfile', () => {
  it('pins every package by version and content', () => {
    const loose = installed.filter(([, { version, integrity }]) => !version || !integrity);
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  // npm drops other platforms' binaries when it writes a lockfile beside an existing node_modules, and `npm ci` then refuses
  // it: make it anew without node_modules (`rm -rf node_modules package-lock.json && npm install`).
  it('has the optional packages of every platform', () => {
    const names = new Set(installed.map(([path]) => path.split('node_modules/').at(-1)));
    const wanted = installed.flatMap(([, p]) => Object.keys(p.optionalDependencies ?? {}));
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  it('has no address to download from', () => {
    const addresses = Object.values(packages).map(({ resolved = '' }) => resolved);
    expect(addresses.filter((address) => address.includes('://'))).toEqual([]);
  });
});
