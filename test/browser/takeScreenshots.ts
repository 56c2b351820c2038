import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import type { Device } from './devices.ts';
import { showSomething } from './fleet/showSomething.ts';
import { startDashboard } from './fleet/startDashboard.ts';
import { keepPicture } from './keepPicture.ts';
import { openBrowser, openPage } from './openPage.ts';
import { showSampleFigures } from './sampleFigures.ts';
import { settled } from './settled.ts';

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly title: string;
  readonly device?: Device;
}

/** Shows a fleet that has something to do, and keeps pictures of its pages in the folder. */
export async function takeScreenshots(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await using started = new AsyncDisposableStack();
  const fleet = started.adopt(await startDashboard(), async ({ stop }) => stop());
  const browser = started.adopt(await openBrowser(), async (opened) => opened.close());
  const { running } = await showSomething(fleet);
  await operateSomething(fleet.address);
  const shots: readonly Shot[] = [
    { name: 'overview', path: '/', title: 'Overview' },
    { name: 'task', path: `/tasks/${running}`, title: 'exports.project' },
    { name: 'schedule', path: '/schedule?task=exports.project', title: 'Schedule a task' },
    { name: 'workers', path: '/workers', title: 'Workers' },
    { name: 'queues', path: '/queues', title: 'Queues' },
    { name: 'dead-letters', path: '/dead-letters', title: 'Dead letters' },
    { name: 'periodic', path: '/periodic', title: 'Periodic tasks' },
    { name: 'audit', path: '/audit', title: 'Audit' },
    { name: 'api-keys', path: '/keys', title: 'API keys' },
    { name: 'embedded', path: '/embed/subject?subject=project/1', title: 'Tasks of project/1' },
    { name: 'overview-dark', path: '/', title: 'Overview', device: 'dark' },
    { name: 'tasks-phone', path: '/tasks', title: 'Tasks', device: 'phone' },
  ];
  for (const shot of shots) await take(browser, fleet.address, folder, shot);
}

/** What an operator may have done before somebody looks. */
async function operateSomething(address: string): Promise<void> {
  const requests = [
    ['/api/workers/mail/orders', { order: { kind: 'pause' } }],
    ['/api/workers/mail/orders', { order: { kind: 'resume' } }],
    ['/api/periodic/weekly-mail/run', {}],
    ['/api/keys', { name: 'billing', roles: ['scheduler'] }],
    ['/api/keys', { name: 'on-call', roles: ['operator'] }],
  ] as const;
  for (const [path, body] of requests) {
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const { ok, status } = await fetch(`${address}${path}`, request);
    if (!ok) throw new Error(`${path} answered ${status}`);
  }
}

async function take(browser: Browser, address: string, folder: string, shot: Shot): Promise<void> {
  const { page } = await openPage(browser, address, shot.device);
  await showSampleFigures(page);
  await page.goto(shot.path);
  await settled(page, shot.title);
  await keepPicture(page, folder, shot.name);
  await page.context().close();
}
