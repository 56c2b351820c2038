import type { Page } from 'playwright-core';

/** Figures in the shape of GET /api/statistics, for a platform that does not count yet. */
export async function fulfilStatistics(page: Page): Promise<void> {
  await page.route('**/api/statistics?*', async (route) => {
    const response = await route.fetch();
    if (response.status() !== 404) return route.fulfill({ response });
    const query = new URL(route.request().url()).searchParams;
    const [from, to, stepMs] = ['from', 'to', 'step'].map((name) => Number(query.get(name)));
    return route.fulfill({ json: figures(from, to, stepMs) });
  });
}

function figures(from = 0, to = 0, stepMs = 60_000) {
  const count = Math.floor((to - from) / stepMs);
  const tasks = ['exports.project', 'mail.send'].map((task, which) => {
    const points = Array.from({ length: count }, (_, i) => point(from + i * stepMs, i, which));
    return { task, total: point(from, 5, which), points };
  });
  return { from, to, stepMs, tasks };
}

/** A gentle wave, the same every time. */
function point(at: number, i: number, which: number) {
  const succeeded = Math.round(40 + 20 * Math.sin(i / 6 + which));
  const failed = i % 17 === 0 ? 3 : 0;
  const p50Ms = 800 + 300 * Math.sin(i / 9 + which);
  const run = { count: succeeded, p50Ms, p95Ms: p50Ms * 1.8, p99Ms: p50Ms * 2.4 };
  return { at, ended: succeeded + failed, succeeded, failed, dead: 0, run, wait: run };
}
