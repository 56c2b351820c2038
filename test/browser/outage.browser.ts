import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fulfilled } from './fulfilled.ts';
import { useDashboard } from './useDashboard.ts';

const { fleet, open } = useDashboard();
const LATER = /temporarily unavailable, try again later/i;

describe('while the broker is away', () => {
  it('forms are disabled and say why, and are enabled by themselves when it is back', async () => {
    const page = await open('/schedule?task=exports.project');
    const embedded = await open('/embed/subject?subject=project/1');
    const schedule = button(page);
    await fulfilled(async () => expect(await schedule.isEnabled()).toBe(true));
    await embedded.getByRole('link', { name: 'Schedule' }).waitFor();

    // Nobody schedules anything meanwhile.
    await fleet().stack.queues.stop();
    await fulfilled(async () => expect(await schedule.isDisabled()).toBe(true));
    await page.locator('#availability', { hasText: LATER }).waitFor();
    await page.locator('.banner', { hasText: LATER }).waitFor();
    await embedded.getByText(LATER).waitFor();
    expect(await button(embedded).isDisabled()).toBe(true);

    await fleet().stack.queues.restart();
    await fulfilled(async () => expect(await schedule.isEnabled()).toBe(true));
    await page.locator('.banner').waitFor({ state: 'detached' });
    await embedded.getByRole('link', { name: 'Schedule' }).waitFor();
  });
});

function button(page: Page) {
  return page.getByRole('button', { name: 'Schedule', exact: true });
}
