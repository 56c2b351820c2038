import { describe, expect, it } from 'vitest';
import { fulfilled } from './fulfilled.ts';
import { useDashboard } from './useDashboard.ts';

const { fleet, open } = useDashboard();

/** Whether the platform has kept what was in the queues. */
async function isKept(): Promise<void> {
  const { body } = await fetch(`${fleet().address}/api/queues/history`).then(async (answer) => ({
    body: (await answer.json()) as { services: { points: unknown[] }[] },
  }));
  expect(body.services.flatMap(({ points }) => points).some((point) => point !== null)).toBe(true);
}

describe('the overview', () => {
  it('shows what was in the queues before it was opened', async () => {
    await fulfilled(isKept);
    const page = await open('/');
    const chart = page.getByRole('img', { name: /^Messages in the queues\./ });
    await fulfilled(async () =>
      expect(await chart.getAttribute('aria-label')).toMatch(
        /waiting: \d+, in flight: \d+, dead letters: \d+$/,
      ),
    );
    expect(await page.getByText('Queue depth', { exact: true }).count()).toBe(1);
  });

  it("asks for the queues of a task's worker alone, and as far back as the other graphs", async () => {
    const page = await open('/');
    const [asked] = await Promise.all([
      page.waitForRequest(/queues\/history\?.*service=exports/),
      page.getByLabel('Task', { exact: true }).selectOption('exports.rows'),
    ]);
    const query = new URL(asked.url()).searchParams;
    expect(Number(query.get('to')) - Number(query.get('from'))).toBe(3_600_000);
    const [further] = await Promise.all([
      page.waitForRequest(/queues\/history\?.*step=300000/),
      page.getByLabel('Time', { exact: true }).selectOption('6h'),
    ]);
    expect(new URL(further.url()).searchParams.get('service')).toBe('exports');
  });
});
