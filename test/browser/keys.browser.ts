import type { Role } from '@taskfleet/platform/identity';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useDashboard } from './useDashboard.ts';

const { fleet, open } = useDashboard({ kind: 'credentials' });

/** A page of somebody with that role. */
async function openAs(role: Role, path: string): Promise<Page> {
  const { key } = await fleet().access.keys.create({ name: role, roles: [role] }, 'test');
  const page = await open(path);
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Sign in with the key' }).click();
  return page;
}

describe('the page of API keys', () => {
  it('makes a key, shows it once, and revokes it', async () => {
    const page = await openAs('admin', '/keys');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByLabel('Name').fill('ci');
    await page.getByLabel('viewer').check();
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = (await page.getByText(/^tf_/).textContent()) ?? '';
    const row = page.getByRole('row').filter({ hasText: 'ci' });
    await row.getByText('viewer').waitFor();
    expect(await statusOf(key)).toBe(200);
    await page.reload();
    await row.waitFor();
    expect(await page.content()).not.toContain(key.split('_').at(-1));
    await row.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await row.waitFor({ state: 'detached' });
    await expect.poll(async () => statusOf(key), { timeout: 20_000 }).toBe(401);
  });

  it('says what is wrong with one that cannot be made', async () => {
    const page = await openAs('admin', '/keys');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByLabel('Name').fill('ci');
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByRole('alert').filter({ hasText: 'roles' }).waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'ci' }).count()).toBe(0);
  });

  it('is for administrators alone', async () => {
    const page = await openAs('operator', '/keys');
    await page.getByRole('alert').filter({ hasText: 'keys:manage' }).waitFor();
    await page.getByRole('link', { name: 'Audit' }).waitFor();
    expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
  });
});

async function statusOf(key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${fleet().address}/api/tasks`, { headers })).status;
}
