import { type Browser, chromium, type Page } from 'playwright-core';
import { DEVICES, type Device } from './devices.ts';

/** Named by `npm run test:browser`, which has looked for it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['TASKFLEET_CHROMIUM'];
  if (executablePath === undefined) throw new Error('run these tests with npm run test:browser');
  // Containers have little shared memory, and root no sandbox.
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  return chromium.launch({ executablePath, args });
}

export interface OpenPage {
  readonly page: Page;
  /** What the page has complained of: errors, breaches of its policy, requests to hosts that are not named. */
  readonly complaints: readonly string[];
}

export async function openPage(
  browser: Browser,
  address: string,
  device: Device = 'desktop',
  others: readonly string[] = [],
): Promise<OpenPage> {
  const context = await browser.newContext({ baseURL: address, ...DEVICES[device] });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A refused request is logged by the browser itself; the page shows what it means.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  page.on('request', (request) => {
    const isKnown = [address, ...others].includes(new URL(request.url()).origin);
    if (!isKnown) complaints.push(`asked ${request.url()}`);
  });
  return { page, complaints };
}
