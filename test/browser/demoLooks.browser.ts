import { describe, expect, it } from 'vitest';
import { seriousViolations } from './axe.ts';
import { useDemo } from './demo/useDemo.ts';
import { DEVICES, type Device } from './devices.ts';

const { open } = useDemo();

const PAGES = ['/', '/project', '/gallery', '/layers', '/mail'];

describe.each(Object.keys(DEVICES) as Device[])('on a %s', (device) => {
  it.each(PAGES)('%s has no serious violation', async (path) => {
    const page = await open(path, device);
    await page.getByText('Running: tasks are taken.').waitFor();
    await page.getByText('Their repositories are being made').waitFor({ state: 'hidden' });
    expect(await seriousViolations(page)).toEqual([]);
    expect(
      await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      ),
    ).toBe(0);
  });
});
