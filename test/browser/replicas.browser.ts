import { systemClock } from '@taskfleet/toolbox/clock';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { openBrowser, openPage } from './openPage.ts';
import { useDashboard } from './useDashboard.ts';

const { fleet, open } = useDashboard();

/** A browser of its own, on another replica. */
async function openElsewhere(path: string): Promise<Page> {
  const address = await fleet().startReplica();
  const browser = await openBrowser();
  onTestFinished(async () => browser.close());
  const { page, complaints } = await openPage(browser, address);
  onTestFinished(() => expect(complaints).toEqual([]));
  await page.goto(path);
  return page;
}

it('two browsers on two replicas show the same, and what is done in one of them', async () => {
  const { id } = await fleet().schedule('exports.project', { organization: 'seen-twice' });
  const path = `/tasks/${id}`;
  const pages = [await open(path), await openElsewhere(path)] as const;
  await fleet().exports.running('seen-twice');
  await Promise.all(
    pages.map(async (page) => page.getByText('running', { exact: true }).waitFor()),
  );
  await pages[0].getByRole('button', { name: 'Cancel task' }).click();
  const seen = pages.map(async (page) => {
    await page.getByText('cancelled', { exact: true }).waitFor();
    return systemClock.now();
  });
  const shownAt = await Promise.all(seen);
  const { finishedAt = NaN } = await fleet().access.reader.get(id);
  const [here, elsewhere] = shownAt.map((at) => Math.round(at - finishedAt));
  process.stdout.write(`shown ${here} and ${elsewhere} ms after the task ended\n`);
  expect(await pages[1].getByRole('button', { name: 'Cancel task' }).count()).toBe(0);
});
