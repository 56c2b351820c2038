import type { Page } from 'playwright-core';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startProvider } from './fleet/startProvider.ts';
import { useDashboard } from './useDashboard.ts';

const provider = await startProvider({ vera: ['viewer'], sam: ['scheduler'], olga: ['operator'] });
const { issuer } = provider.oidc;
const { fleet, open } = useDashboard({ kind: 'credentials', oidc: provider.oidc });
afterAll(async () => provider.stop());
beforeEach(() => {
  provider.requests.length = 0;
});

const HOUR_AND_MORE_MS = 4_000_000;

const ask = async (page: Page) =>
  page.getByRole('button', { name: `Sign in with ${new URL(issuer).host}` }).click();

async function signIn(page: Page, name: string): Promise<void> {
  await ask(page);
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Continue' }).click();
}

const kept = async (page: Page) =>
  page.evaluate<string>('JSON.stringify({ ...sessionStorage, ...localStorage })');

describe('who is signed in by a provider', () => {
  it('sees what was asked for, may what the token says, and leaves nothing behind', async () => {
    await fleet().schedule('exports.project', { organization: 'quick-oidc' });
    const page = await open('/tasks?task=exports.project');
    await signIn(page, 'vera');
    await page.getByRole('heading', { name: 'Tasks' }).waitFor();
    expect(new URL(page.url()).search).toBe('?task=exports.project');
    await page.getByRole('link', { name: 'exports.project' }).click();
    await page.getByText('succeeded', { exact: true }).waitFor();
    await page.getByText('vera').waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Schedule' }).count()).toBe(0);
    expect(Object.keys(JSON.parse(await kept(page)))).toEqual(['taskfleet.credentials']);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('API key').waitFor();
    expect(await kept(page)).toBe('{}');
  });

  it('sees own tasks alone as a scheduler', async () => {
    const mail = { to: 'ann@example.org', subject: 'Hello' };
    const { id } = await fleet().schedule('mail.send', mail, { creator: 'olga' });
    const page = await open('/schedule?task=exports.rows');
    await signIn(page, 'sam');
    await page.getByLabel('file').fill('parcels.csv');
    await page.getByRole('main').getByRole('button', { name: 'Schedule' }).click();
    await page.waitForURL('**/tasks/exports_*');
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.getByRole('row').filter({ hasText: 'exports.rows' }).waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'mail.send' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Workers' }).count()).toBe(0);
    await page.goto(`/tasks/${id}`);
    await page.getByRole('alert').filter({ hasText: id }).waitFor();
  });

  it('signs in anew when the token has ended, and goes on where that was', async () => {
    const page = await open('/tasks?worker=exports');
    await signIn(page, 'olga');
    await page.getByRole('heading', { name: 'Tasks' }).waitFor();
    await page.getByRole('link', { name: 'Workers' }).click();
    await page.getByRole('heading', { name: 'Workers' }).waitFor();
    fleet().setClockAhead(HOUR_AND_MORE_MS);
    onTestFinished(() => fleet().setClockAhead(0));
    // With the next beat of what is watched live, without any click.
    const ended = page.getByRole('alert').filter({ hasText: 'the token has expired' });
    await ended.waitFor({ timeout: 60_000 });
    fleet().setClockAhead(0);
    await ask(page);
    await page.getByRole('heading', { name: 'Workers' }).waitFor();
    await page.getByText('olga').waitFor();
    expect(new URL(page.url()).pathname).toBe('/workers');
  });
});

describe('nobody is signed in', () => {
  it('by an answer to somebody else', async () => {
    const page = await open('/queues');
    await ask(page);
    await page.getByLabel('Name').waitFor();
    provider.requests.length = 0;
    const answer = new URLSearchParams({ code: 'theirs', state: 'theirs', iss: issuer });
    await page.goto(`${fleet().address}/sign-in?${answer.toString()}`);
    await refused(page, 'does not belong to this sign-in; sign in again.', '/queues');
    expect(provider.requests).not.toContain('POST /token');
  });

  it('by an answer that was not asked for', async () => {
    const answer = new URLSearchParams({ error: 'x', error_description: 'Call us', state: 'y' });
    const page = await open(`/sign-in?${answer.toString()}`);
    await refused(page, 'This sign-in was not begun here; sign in again.', '/');
    expect(provider.requests).toEqual([]);
  });

  it('by a token that was made for another sign-in', async () => {
    const page = await open('/queues');
    await page.route(`${issuer}/auth?**`, async (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set('nonce', 'theirs');
      await route.continue({ url: url.href });
    });
    await signIn(page, 'olga');
    await refused(page, 'does not belong to this sign-in; sign in again.', '/queues');
    expect(provider.requests).toContain('POST /token');
  });

  it('with an access token that is not for this stage, where ID tokens are not either', async () => {
    const page = await open('/queues');
    const oidc = { ...provider.oidc, audience: 'an API' };
    await page.route('**/api/sign-in', async (route) => route.fulfill({ json: { oidc } }));
    const exchanged = page.waitForResponse(`${issuer}/token`);
    const asked = page.waitForRequest((request) => 'authorization' in request.headers());
    await signIn(page, 'olga');
    const { access_token: token } = (await (await exchanged).json()) as { access_token: string };
    expect((await asked).headers()['authorization']).toBe(`Bearer ${token}`);
    await refused(page, 'the token is not one that the issuer has signed', '/queues');
  });

  it('when the provider refuses, in its words', async () => {
    const page = await open('/queues');
    await ask(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await refused(page, `${new URL(issuer).host} has refused: nobody was signed in`, '/queues');
    expect(provider.requests).not.toContain('POST /token');
  });

  it('while the provider is down, and is as soon as it is back', async () => {
    const page = await open('/queues');
    provider.setAnswers(false);
    await ask(page);
    await refused(page, 'does not answer as it should; try again in a moment.', '/queues');
    provider.setAnswers(true);
    await signIn(page, 'olga');
    await page.getByRole('heading', { name: 'Queues' }).waitFor();
    expect(await page.getByRole('alert').filter({ hasText: /\S/ }).count()).toBe(0);
  });
});

/** One line says why, the page is where one wanted to be, and nothing is kept of the answer. */
async function refused(page: Page, line: string, path: string): Promise<void> {
  await page.getByRole('alert').filter({ hasText: line }).waitFor();
  await page.getByLabel('API key').waitFor();
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(path);
  expect(await page.getByRole('alert').count()).toBe(1);
  expect(await kept(page)).toBe('{}');
}
