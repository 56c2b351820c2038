import type { IdentityConfig } from '@taskfleet/platform/identity';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import type { Device } from './devices.ts';
import { type DashboardUnderTest, startDashboard } from './fleet/startDashboard.ts';
import { openBrowser, openPage } from './openPage.ts';

/** One fleet and one browser for the tests of a file. */
export function useDashboard(identity: IdentityConfig = { kind: 'open' }) {
  const started = new AsyncDisposableStack();
  let fleet: DashboardUnderTest;
  let browser: Browser;
  const issuer = identity.kind === 'credentials' ? identity.oidc?.issuer : undefined;
  const others = issuer === undefined ? [] : [issuer];
  beforeAll(async () => {
    fleet = started.adopt(await startDashboard({ identity }), async ({ stop }) => stop());
    browser = started.adopt(await openBrowser(), async (opened) => opened.close());
  });
  afterAll(async () => started.disposeAsync());
  return {
    fleet: () => fleet,
    /** A page for one test, which is to complain of nothing. */
    open: async (path: string, device?: Device): Promise<Page> => {
      const { page, complaints } = await openPage(browser, fleet.address, device, others);
      onTestFinished(async () => {
        await page.context().close();
        expect(complaints).toEqual([]);
      });
      await page.goto(path);
      return page;
    },
  };
}
