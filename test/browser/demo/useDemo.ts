import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import type { Device } from '../devices.ts';
import { openBrowser, openPage } from '../openPage.ts';
import { type DemoUnderTest, startDemo } from './startDemo.ts';

/** The demonstration and one browser for the tests of a file. */
export function useDemo() {
  const started = new AsyncDisposableStack();
  let demo: DemoUnderTest;
  let browser: Browser;
  beforeAll(async () => {
    demo = started.adopt(await startDemo(), async ({ stop }) => stop());
    browser = started.adopt(await openBrowser(), async (opened) => opened.close());
  });
  afterAll(async () => started.disposeAsync());
  return {
    demo: () => demo,
    /** A page for one test, which is to complain of nothing. */
    open: async (path: string, device?: Device): Promise<Page> => {
      const { page, complaints } = await openPage(browser, demo.address, device, demo.others);
      onTestFinished(async () => {
        await page.context().close();
        expect(complaints).toEqual([]);
      });
      await page.goto(path);
      return page;
    },
  };
}
