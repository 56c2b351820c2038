import { describe, expect, it } from 'vitest';
import { seriousViolations } from './axe.ts';
import { useDashboard } from './useDashboard.ts';

const { fleet, open } = useDashboard();

describe('the log of a task', () => {
  it('comes while it runs, and follows its end unless somebody reads above', async () => {
    const input = { organization: 'talks', password: 'hunter22' };
    const { id } = await fleet().schedule('exports.project', input);
    const page = await open(`/tasks/${id}`);
    const { context, finish } = await fleet().exports.running('talks');
    for (let i = 0; i < 60; i += 1) context.log.info(`parcel ${i}`, { i });
    context.log.warn('hunter22 is not accepted');
    const log = page.getByRole('log');
    await log.getByText('WARN [secret] is not accepted').waitFor();
    expect(await log.getByText('INFO parcel 59 {"i":59}').count()).toBe(1);
    expect(await page.getByText('hunter22').count()).toBe(0);
    const untilEnd = async () =>
      log.evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);
    expect(await untilEnd()).toBeLessThan(4);
    expect(await seriousViolations(page)).toEqual([]);
    context.log.error('one more');
    await log.getByText('ERROR one more').waitFor();
    expect(await untilEnd()).toBeLessThan(4);
    await log.evaluate((box) => {
      const scrolled = new Promise((resolve) => box.addEventListener('scroll', resolve));
      box.scrollTop = 0;
      return scrolled.then(() => undefined);
    });
    context.log.info('written');
    finish();
    await log.getByText('INFO written').waitFor();
    expect(await log.evaluate((box) => box.scrollTop)).toBe(0);
  });

  it('says so when there is none', async () => {
    const { id } = await fleet().schedule('exports.rows', { file: 'silent.csv' });
    const page = await open(`/tasks/${id}`);
    await page.getByText('Nothing is kept').waitFor();
    expect(await page.getByRole('log').count()).toBe(0);
  });
});
