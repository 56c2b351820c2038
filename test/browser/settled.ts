import type { Page } from 'playwright-core';

/** Resolves when what a page shows is there: no place is kept for what is still to come. */
export async function settled(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}
