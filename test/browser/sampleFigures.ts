import type { Page } from 'playwright-core';

/** An hour of work, in the place of the few seconds that a fleet of a picture has. */
export async function showSampleFigures(page: Page): Promise<void> {
  await page.route('**/api/statistics?*', async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [from, to, stepMs] = ['from', 'to', 'step'].map((name) => Number(query.get(name)));
    return route.fulfill({ json: figures(from, to, stepMs) });
  });
  await page.route('**/api/queues/history?*', async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [from, to, stepMs] = ['from', 'to', 'step'].map((name) => Number(query.get(name)));
    return route.fulfill({ json: depths(from, to, stepMs) });
  });
}

function figures(from = 0, to = 0, stepMs = 60_000) {
  const count = Math.floor((to - from) / stepMs);
  const tasks = ['exports.project', 'mail.send'].map((task, which) => {
    const points = Array.from({ length: count }, (_, i) => point(from + i * stepMs, i, which));
    const ended = points.reduce((sum, one) => sum + one.ended, 0);
    const failed = points.reduce((sum, one) => sum + one.failed, 0);
    return { task, total: { ...point(from, 0, which), ended, failed }, points };
  });
  return { from, to, stepMs, tasks };
}

function depths(from = 0, to = 0, stepMs = 60_000) {
  const count = Math.floor((to - from) / stepMs);
  const services = ['exports', 'mail'].map((service, which) => ({
    service,
    points: Array.from({ length: count }, (_, i) => ({
      at: from + i * stepMs,
      visible: Math.max(0, Math.round(12 * Math.sin(i / 8 + which))),
      inFlight: Math.round(4 + 2 * Math.sin(i / 5 + which)),
      delayed: 0,
      deadLetters: 0,
      oldestMs: Math.max(0, Math.round(90_000 * Math.sin(i / 8 + which))),
      waitP95Ms: 120,
    })),
  }));
  return { from, to, stepMs, services };
}

/** A gentle wave, the same every time. */
function point(at: number, i: number, which: number) {
  const succeeded = Math.round(40 + 20 * Math.sin(i / 6 + which));
  const failed = i % 17 === 0 ? 3 : 0;
  const p50Ms = 800 + 300 * Math.sin(i / 9 + which);
  const run = { count: succeeded, p50Ms, p95Ms: p50Ms * 1.8, p99Ms: p50Ms * 2.4 };
  const wait = { ...run, p50Ms: 40, p95Ms: 120 + 60 * Math.cos(i / 7 + which), p99Ms: 300 };
  return { at, ended: succeeded + failed, succeeded, failed, dead: 0, run, wait };
}
