import type { Browser, Page } from 'playwright-core';
import type { Device } from '../devices.ts';
import { keepPicture } from '../keepPicture.ts';
import { openBrowser, openPage } from '../openPage.ts';
import { type DemoUnderTest, startDemo } from './startDemo.ts';

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly device?: Device;
  /** Does what there is to see. */
  readonly act: (page: Page) => Promise<void>;
}

const PHOTOS = 5;
const PATIENCE_MS = 60_000;

/** In this order: the last one stops the broker. */
const SHOTS: readonly Shot[] = [
  { name: 'demo-project', path: '/project', act: exportProject },
  { name: 'demo-gallery', path: '/gallery', act: fillGallery },
  { name: 'demo-gallery-phone', path: '/gallery', device: 'phone', act: seeGallery },
  { name: 'demo-announcements', path: '/mail', act: readLetter },
  { name: 'demo-layers', path: '/layers', act: readAlong },
  { name: 'demo-outage', path: '/project', act: stopBroker },
  { name: 'demo-outage-dark', path: '/layers', device: 'dark', act: seeOutage },
];

/** Uses the demonstration as a visitor does, and keeps pictures of it in the folder. */
export async function takeDemoScreenshots(folder: string): Promise<void> {
  await using started = new AsyncDisposableStack();
  const demo = started.adopt(await startDemo(), async ({ stop }) => stop());
  const browser = started.adopt(await openBrowser(), async (opened) => opened.close());
  for (const shot of SHOTS) await take(browser, demo, folder, shot);
}

async function take(browser: Browser, demo: DemoUnderTest, folder: string, shot: Shot) {
  const { page } = await openPage(browser, demo.address, shot.device, demo.others);
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(shot.path);
  await shot.act(page);
  // What has just been pressed is no part of the picture.
  await page.mouse.move(0, 0);
  await page.evaluate('scrollTo(0, 0)');
  await keepPicture(page, folder, shot.name);
  await page.context().close();
}

async function exportProject(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'All' }).check();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('list', { name: 'Exports' }).getByRole('link').first().waitFor();
  const panel = page.frameLocator('iframe');
  await panel.getByRole('link', { name: /zip/ }).first().waitFor();
}

async function fillGallery(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add sample photos' }).click();
  await seeGallery(page);
}

async function seeGallery(page: Page): Promise<void> {
  await page
    .getByRole('img')
    .nth(PHOTOS - 1)
    .waitFor();
  await page.waitForFunction('[...document.images].every((one) => one.naturalWidth > 0)');
}

async function readLetter(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('button', { name: /^Read / }).click();
  await page.frameLocator('#letter-html').getByText('on Saturday').waitFor();
}

async function readAlong(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Update meta-core' }).click();
  await page.getByText(/2 recipes at [0-9a-f]{8} · succeeded/).waitFor();
  await page.getByRole('button', { name: 'Update meta-large' }).click();
  await page.getByRole('log').getByText('layers.fetching').waitFor();
}

async function stopBroker(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop the broker' }).click();
  await seeOutage(page);
}

async function seeOutage(page: Page): Promise<void> {
  await page.getByText('Temporarily unavailable, try again later').first().waitFor();
  await page.getByRole('button', { name: 'Start the broker again' }).waitFor();
}
