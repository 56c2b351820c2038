import type { DashboardUnderTest } from './startDashboard.ts';

/** Tasks in every state that there is something to see of. */
export async function showSomething({ schedule, exports, access }: DashboardUnderTest) {
  const about = { subject: 'project/1', creator: 'ann' };
  await schedule('mail.digest', { to: 'team@example.org' }, about);
  await schedule('exports.all', { organization: 'cadasta' }, about);
  await schedule('exports.project', { organization: 'quick-cadasta', format: 'xlsx' }, about);
  const { id: failed } = await schedule('exports.rows', { file: 'broken.csv' }, about);
  await schedule('exports.rows', { file: 'parcels.csv' }, { subject: 'project/2', creator: 'bo' });
  await schedule('mail.send', { to: 'ann@example.org', subject: 'Hello' }, { creator: 'bo' });
  await schedule('mail.send', { to: 'bo@example.org', subject: 'Later' }, { delay: '2h' });
  const input = { organization: 'acme', format: 'all', password: 'hunter2' } as const;
  const { id: running } = await schedule('exports.project', input, about);
  const { context } = await exports.running('acme');
  context.progress(0.4, 'parcels written');
  await access.awaitEnd({ id: failed, timeoutMs: 20_000 });
  return { failed, running };
}
