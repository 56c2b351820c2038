import { expect, it } from 'vitest';
import { useDashboard } from './useDashboard.ts';

const { open } = useDashboard();

it('the description of the API can be browsed, and asked by hand', async () => {
  const page = await open('/docs');
  await page.getByText('Schedule a task', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'get /api/me' }).first().click();
  await page.getByRole('button', { name: 'Try it out' }).click();
  await page.getByRole('button', { name: 'Execute' }).click();
  await page.getByText('"isLocal": true').first().waitFor();
  expect(await page.title()).toBe('Swagger UI');
});
