import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { seriousViolations } from './axe.ts';
import { DEVICES, type Device } from './devices.ts';
import { showSomething } from './fleet/showSomething.ts';
import { settled } from './settled.ts';
import { useDashboard } from './useDashboard.ts';

const { fleet, open } = useDashboard();

const PAGES = [
  ['/', 'Overview'],
  ['/tasks', 'Tasks'],
  ['/schedule?task=exports.project', 'Schedule a task'],
  ['/workers', 'Workers'],
  ['/queues', 'Queues'],
  ['/dead-letters', 'Dead letters'],
  ['/periodic', 'Periodic tasks'],
  ['/audit', 'Audit'],
  ['/keys', 'API keys'],
  ['/embed/subject?subject=project/1', 'Tasks of project/1'],
] as const;

let failed: string;
beforeAll(async () => {
  ({ failed } = await showSomething(fleet()));
});

describe.each(Object.keys(DEVICES) as Device[])('on a %s', (device) => {
  it.each(PAGES)('%s has no serious violation', async (path, title) => {
    const page = await open(path, device);
    await settled(page, title);
    expect(await page.getByRole('alert').filter({ hasText: /\S/ }).count()).toBe(0);
    expect(await seriousViolations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  it('the page of a task has no serious violation', async () => {
    const page = await open(`/tasks/${failed}`, device);
    await settled(page, 'exports.rows');
    await page.getByText('failed', { exact: true }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });
});

describe('a phone', () => {
  it('shows every page in the navigation at once', async () => {
    const page = await open('/audit', 'phone');
    await settled(page, 'Audit');
    const links = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').all();
    const boxes = await Promise.all(links.map(async (link) => link.boundingBox()));
    const { width } = DEVICES.phone.viewport;
    expect(boxes.length).toBe(9);
    expect(boxes.filter((box) => !box || box.x < 0 || box.x + box.width > width)).toEqual([]);
  });

  it('has no line for what a task does not have, where a wide screen has a dash', async () => {
    const dashes = async (device: Device) => {
      const page = await open('/tasks', device);
      await page.getByRole('link', { name: 'exports.rows' }).first().waitFor();
      return page.locator('td').filter({ hasText: /^–$/, visible: true }).count();
    };
    expect(await dashes('desktop')).toBeGreaterThan(0);
    expect(await dashes('phone')).toBe(0);
  });

  it('keeps the id of a task that nobody knows within the page', async () => {
    const page = await open('/tasks/exports_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b', 'phone');
    await page.getByText('No such task').waitFor();
    expect(await overflow(page)).toBe(0);
  });
});

describe('colours', () => {
  it('follow the system, and the switch beyond it', async () => {
    const page = await open('/tasks', 'dark');
    const background = async () =>
      page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    const dark = await background();
    await page.getByRole('button', { name: 'Switch to light colours' }).click();
    expect(await background()).not.toBe(dark);
    await page.reload();
    await page.getByRole('button', { name: 'Switch to dark colours' }).waitFor();
    expect(await background()).not.toBe(dark);
  });
});

/** Pixels that the page is wider than what shows it. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.body.scrollWidth - document.body.clientWidth');
}
