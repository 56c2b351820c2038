import { describe, expect, it } from 'vitest';
import { fulfilled } from './fulfilled.ts';
import { useDashboard } from './useDashboard.ts';

const { fleet, open } = useDashboard();

describe("the panel of a subject's tasks", () => {
  it('shows errors and links to results, retries and cancels, live', async () => {
    const about = { subject: 'project/9' };
    await fleet().schedule('exports.project', { organization: 'quick-embedded' }, about);
    await fleet().schedule('exports.rows', { file: 'broken.csv' }, about);
    const page = await open('/embed/subject?subject=project/9');
    await page.getByRole('link', { name: 'quick-embedded.csv' }).waitFor();
    await page.getByText('line 3 of broken.csv: expected 7 columns, got 5').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await fulfilled(async () => expect(await page.getByText('failed').count()).toBe(2));
    await fleet().schedule('exports.project', { organization: 'embedded' }, about);
    await fleet().exports.running('embedded');
    await page.getByRole('button', { name: 'Cancel task' }).click();
    await page.getByText('cancelled', { exact: true }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
  });

  it('asks with the token that the page around it gives, and with its successor', async () => {
    const page = await open('/tasks');
    const askedWith = async (token: string) =>
      page.waitForRequest((request) => request.headers()['authorization'] === `Bearer ${token}`);
    const [first] = await Promise.all([
      askedWith('first'),
      page.goto('/embed/subject?subject=project/9#token=first'),
    ]);
    expect(first.url()).toContain('/api/');
    const [second] = await Promise.all([
      askedWith('second'),
      page.evaluate('location.hash = "token=second"'),
    ]);
    expect(second.url()).toContain('/api/');
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).toBe('{}');
  });
});
