import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { showSomething } from './fleet/showSomething.ts';
import { settled } from './settled.ts';
import { useDashboard } from './useDashboard.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'screenshots');
const LARGEST_BYTES = 120_000;

const { fleet, open } = useDashboard();

let shown: Awaited<ReturnType<typeof showSomething>>;
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  shown = await showSomething(fleet());
});

describe('screenshots', () => {
  it.each([
    ['overview', '/', 'Overview'],
    ['tasks', '/tasks', 'Tasks'],
    ['schedule', '/schedule?task=exports.project', 'Schedule a task'],
    ['workers', '/workers', 'Workers'],
    ['queues', '/queues', 'Queues'],
    ['dead-letters', '/dead-letters', 'Dead letters'],
    ['periodic', '/periodic', 'Periodic tasks'],
    ['audit', '/audit', 'Audit'],
    ['embedded', '/embed/subject?subject=project/1', 'Tasks of project/1'],
  ])('%s', async (name, path, title) => {
    const page = await open(path);
    await settled(page, title);
    await keep(page, name);
  });

  it('task', async () => {
    const page = await open(`/tasks/${shown.running}`);
    await settled(page, 'exports.project');
    await page.getByText('parcels written').waitFor();
    await keep(page, 'task');
  });

  it('family', async () => {
    const page = await open(`/tasks/${shown.family}`);
    await settled(page, 'exports.all');
    await page.getByRole('navigation', { name: 'Family' }).scrollIntoViewIfNeeded();
    await keep(page, 'family');
  });

  it('failed', async () => {
    const page = await open(`/tasks/${shown.failed}`, 'dark');
    await settled(page, 'exports.rows');
    await keep(page, 'failed-dark');
  });

  it('overview, dark', async () => {
    const page = await open('/', 'dark');
    await settled(page, 'Overview');
    await keep(page, 'overview-dark');
  });

  it('tasks on a phone', async () => {
    const page = await open('/tasks', 'phone');
    await settled(page, 'Tasks');
    await keep(page, 'tasks-phone');
  });

  it('overview on a phone', async () => {
    const page = await open('/', 'phone');
    await settled(page, 'Overview');
    await keep(page, 'overview-phone');
  });
});

async function keep(page: Page, name: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  expect(statSync(path).size).toBeLessThan(LARGEST_BYTES);
}
