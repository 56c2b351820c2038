import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fulfilled } from './fulfilled.ts';
import { useDashboard } from './useDashboard.ts';

const { fleet, open } = useDashboard();

describe('with the keyboard alone', () => {
  it('one comes past the navigation to the page', async () => {
    const page = await open('/tasks');
    await page.getByRole('heading', { name: 'Tasks' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');
  });

  it('one schedules a task, and cancels it', async () => {
    const page = await open('/schedule?task=exports.project');
    await page.getByLabel('organization').waitFor();
    await tabTo(page, 'organization');
    await page.keyboard.type('by-keyboard');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tasks/exports_*');
    await fleet().exports.running('by-keyboard');
    await tabTo(page, 'Cancel task');
    await page.keyboard.press('Space');
    await page.getByText('cancelled', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Cancel task' }).count()).toBe(0);
  });

  it('a dialog takes the focus, and gives it back', async () => {
    const page = await open('/workers');
    await page.getByRole('button', { name: 'Concurrency' }).first().waitFor();
    await tabTo(page, 'Concurrency');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await fulfilled(async () => expect(await focused(page)).toBe('Concurrency'));
  });
});

const MOST_TABS = 60;

/** Goes on until what has that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < MOST_TABS; i += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)).startsWith(name)) return;
  }
  throw new Error(`${MOST_TABS} tabs did not lead to ${name}`);
}

/** The name of what has the focus. */
async function focused(page: Page): Promise<string> {
  return page.evaluate<string>(
    '(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()',
  );
}
