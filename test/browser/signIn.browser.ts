import type { Role } from '@taskfleet/platform/identity';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useDashboard } from './useDashboard.ts';

const { fleet, open } = useDashboard({ kind: 'credentials' });

async function keyOf(name: string, role: Role): Promise<string> {
  const { key } = await fleet().access.keys.create({ name, roles: [role] }, 'test');
  return key;
}

async function signIn(page: Page, key: string): Promise<void> {
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Sign in with the key' }).click();
}

describe('a platform that wants to know who asks', () => {
  it('shows nothing before a key is given, and nothing after one has signed out', async () => {
    const page = await open('/tasks');
    await signIn(page, 'no-such-key');
    await page.getByLabel('API key').waitFor();
    await signIn(page, await keyOf('olga', 'operator'));
    await page.getByRole('heading', { name: 'Tasks' }).waitFor();
    await page.getByText('olga').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Tasks' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('API key').waitFor();
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).toBe(
      '{}',
    );
  });

  it('offers only what one may do', async () => {
    await fleet().schedule('exports.project', { organization: 'quick-view' });
    const page = await open('/tasks');
    await signIn(page, await keyOf('vera', 'viewer'));
    await page.getByRole('link', { name: 'exports.project' }).click();
    await page.getByText('succeeded', { exact: true }).waitFor();
    await page.getByText('vera').waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Schedule' }).count()).toBe(0);
  });

  it('leads to a file with credentials that no link carries', async () => {
    const { id } = await fleet().schedule('exports.project', { organization: 'quick-file' });
    const page = await open(`/tasks/${id}`);
    await signIn(page, await keyOf('olga', 'operator'));
    const link = page.getByRole('link', { name: 'artifact:exports/' });
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('/api/artifacts/')),
      link.click(),
    ]);
    const { url } = (await answer.json()) as { url: string };
    expect(await (await fetch(url)).text()).toBe('a,b\n1,2\n');
  });

  it('writes down who changed what', async () => {
    const page = await open('/periodic');
    await signIn(page, await keyOf('adam', 'admin'));
    const nightly = page.getByRole('row').filter({ hasText: 'nightly-export' });
    await nightly.getByRole('button', { name: 'Pause' }).click();
    await nightly.getByText('paused').waitFor();
    await page.getByRole('link', { name: 'Audit' }).click();
    const entry = page.getByRole('row').filter({ hasText: 'nightly-export' });

    await entry.getByText('done').waitFor();
    expect(await entry.textContent()).toContain('adam');
  });
});
