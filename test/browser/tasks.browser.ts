import { describe, expect, it } from 'vitest';
import { fulfilled } from './fulfilled.ts';
import { useDashboard } from './useDashboard.ts';

const { fleet, open } = useDashboard();

describe('the page of a task', () => {
  it('cancels one that runs', async () => {
    const { id } = await fleet().schedule('exports.project', { organization: 'to-cancel' });
    const page = await open(`/tasks/${id}`);
    await fleet().exports.running('to-cancel');
    await page.getByText('running', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Cancel task' }).click();
    await page.getByText('cancelled', { exact: true }).waitFor();
    await page.getByText(/^Cancel asked by/).waitFor();
    expect(await page.getByRole('button', { name: 'Cancel task' }).count()).toBe(0);
  });

  it('retries one that failed, as a new task with the same input', async () => {
    const { id } = await fleet().schedule('exports.rows', { file: 'broken-again.csv' });
    const page = await open(`/tasks/${id}`);
    await page.getByText('failed', { exact: true }).waitFor();
    await page.getByText('expected 7 columns, got 5').first().waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('Retry of').waitFor();
    expect(page.url()).not.toContain(id);
    expect(await page.getByRole('region', { name: 'Input' }).textContent()).toContain(
      'broken-again.csv',
    );
  });

  it('shows a family as a tree, and leads to its members', async () => {
    const { id } = await fleet().schedule('exports.all', { organization: 'cadasta' });
    const page = await open(`/tasks/${id}`);
    const tree = page.getByRole('navigation', { name: 'Family' });
    await fulfilled(async () => expect(await tree.getByText('succeeded').count()).toBe(4));
    await tree.getByRole('link', { name: 'exports.project' }).first().click();
    await page.getByRole('heading', { name: 'exports.project', level: 1 }).waitFor();
    await page.getByText('Parent').waitFor();
  });

  it('cancels a whole family', async () => {
    const input = { organization: 'slow', isSlow: true };
    const { id } = await fleet().schedule('exports.all', input);
    await Promise.all(
      ['parcels', 'people', 'photos'].map(async (part) => fleet().exports.running(`slow-${part}`)),
    );
    const page = await open(`/tasks/${id}`);
    await page.getByRole('button', { name: 'Cancel family' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel family' }).click();
    const tree = page.getByRole('navigation', { name: 'Family' });
    await fulfilled(async () => expect(await tree.getByText('cancelled').count()).toBe(3));
  });

  it('leads to a stored result', async () => {
    const { id } = await fleet().schedule('exports.project', { organization: 'quick-link' });
    const page = await open(`/tasks/${id}`);
    const link = page.getByRole('link', { name: 'artifact:exports/' });
    const path = await link.getAttribute('href');
    const { status, headers } = await fetch(`${fleet().address}${path}`, { redirect: 'manual' });
    expect(status).toBe(302);
    const file = await fetch(headers.get('location') ?? '');
    expect(await file.text()).toBe('a,b\n1,2\n');
  });
});

describe('the list of tasks', () => {
  it('keeps its filters in the address, and follows what happens', async () => {
    await fleet().schedule('exports.rows', { file: 'a.csv' }, { subject: 'project/7' });
    const page = await open('/tasks');
    await page.getByLabel('Subject').fill('project/7');
    await page.getByLabel('Subject').press('Enter');
    await page.waitForURL('**/tasks?subject=project%2F7');
    const rows = page.getByRole('row');
    await fulfilled(async () => expect(await rows.count()).toBe(2));
    await fleet().schedule('exports.rows', { file: 'b.csv' }, { subject: 'project/7' });
    await fulfilled(async () => expect(await rows.count()).toBe(3));
    await page.reload();
    await fulfilled(async () => expect(await rows.count()).toBe(3));
    expect(await page.getByLabel('Subject').inputValue()).toBe('project/7');
  });

  it('finds a task by its id', async () => {
    const { id } = await fleet().schedule('exports.rows', { file: 'c.csv' });
    const page = await open('/tasks');
    await page.getByRole('searchbox').fill(id);
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('heading', { name: 'exports.rows' }).waitFor();
    expect(page.url()).toContain(`/tasks/${id}`);
  });

  it('says of an id that nobody has that there is no such task', async () => {
    const page = await open('/tasks/exports_00000000000000000000000000000000');
    await page
      .getByText(/no task/i)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
  });
});
