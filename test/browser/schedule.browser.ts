import { describe, expect, it } from 'vitest';
import { useDashboard } from './useDashboard.ts';
import { fulfilled } from './fulfilled.ts';

const { fleet, open } = useDashboard();

describe('the form of a task', () => {
  it('schedules it; its page follows it to the result', async () => {
    const page = await open('/schedule');
    await page.getByLabel('Task').selectOption('exports.project');
    await page.getByLabel('organization').fill('acme');
    await page.getByLabel('format').selectOption('all');
    await page.getByRole('spinbutton', { name: 'pages' }).fill('7');
    await page.getByRole('button', { name: 'Add to layers' }).click();
    await page.getByLabel('name').fill('parcels');
    await page.getByLabel('epsg').fill('4326');
    await page.getByLabel('password').fill('hunter2');
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.waitForURL('**/tasks/exports_*');

    const { context, finish } = await fleet().exports.running('acme');
    context.progress(0.4, 'parcels written');
    await page.getByText('parcels written').waitFor();
    await page.getByText('running', { exact: true }).waitFor();
    const input = page.getByRole('region', { name: 'Input' });
    expect(await input.textContent()).toContain('"password": "[secret]"');
    expect(await input.textContent()).toContain('"epsg": 4326');

    finish();
    await page.getByText('succeeded', { exact: true }).waitFor();
    const link = page.getByRole('link', { name: 'artifact:exports/' });
    await link.waitFor();
    expect(await page.getByRole('region', { name: 'Output' }).textContent()).toContain(
      '"pages": 7',
    );
    expect(await page.content()).not.toContain('hunter2');
  });

  it('says at each field what does not fit, and schedules nothing', async () => {
    const page = await open('/schedule?task=exports.project');
    await page.getByLabel('organization').fill('a');
    await page.getByRole('spinbutton', { name: 'pages' }).fill('9000');
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    const organization = page.getByLabel('organization');
    await fulfilled(async () =>
      expect(await organization.getAttribute('aria-invalid')).toBe('true'),
    );
    expect(await page.getByRole('spinbutton', { name: 'pages' }).getAttribute('aria-invalid')).toBe(
      'true',
    );
    expect(await page.locator(':focus').getAttribute('id')).toBe(
      await organization.getAttribute('id'),
    );
    expect(new URL(page.url()).pathname).toBe('/schedule');
  });

  it('shows what the server refuses although the browser did not', async () => {
    const page = await open('/schedule?task=exports.project');
    await page.getByLabel('organization').fill('acme-again');
    await page.getByText('Options').click();
    await page.getByLabel('Delay').fill('soon');
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByRole('alert').getByText(/delay/).waitFor();
    expect(new URL(page.url()).pathname).toBe('/schedule');
  });

  it('runs an earlier task again with another input', async () => {
    const { id } = await fleet().schedule('exports.rows', { file: 'broken.csv' });
    const page = await open(`/tasks/${id}`);
    await page.getByText('failed', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Run again with changes' }).click();
    const file = page.getByLabel('file');
    await file.waitFor();
    expect(await file.inputValue()).toBe('broken.csv');
    await file.fill('whole.csv');
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByText('succeeded', { exact: true }).waitFor();
    await page.getByText('Retry of').waitFor();
  });
});
