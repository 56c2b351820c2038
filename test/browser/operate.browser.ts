import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserFleet } from './fleet/contract.ts';
import { useDashboard } from './useDashboard.ts';

const { fleet, open } = useDashboard();

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

describe('an operator', () => {
  it('purges a dead letter only after the word is typed', async () => {
    await fleet().schedule('mail.digest', { to: 'a@example.org' });
    const page = await open('/dead-letters');
    const letter = row(page, 'mail.digest');
    await letter.getByRole('button', { name: 'Purge' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Purge' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('purge');
    await dialog.getByRole('button', { name: 'Purge' }).click();
    await page.getByText('Purged.').waitFor();
    await letter.waitFor({ state: 'detached' });
    await page.getByText('No dead letter').waitFor();
  });

  it('redrives a dead letter when the worker knows its task at last', async () => {
    const { id } = await fleet().schedule('mail.digest', { to: 'a@example.org' });
    const page = await open('/dead-letters');
    const letter = row(page, 'mail.digest');
    await letter.getByText('unknown task "mail.digest"').waitFor();
    await fleet().deployMail();
    await letter.getByRole('button', { name: 'Redrive' }).click();
    await letter.waitFor({ state: 'detached' });
    await page.goto(`/tasks/${id}`);
    await page.getByText('succeeded', { exact: true }).waitFor();
    expect(await page.getByRole('region', { name: 'Output' }).textContent()).toContain('12');
  });

  it('sees how a message begins that nobody can read', async () => {
    await fleet().publish('no JSON at all');
    const page = await open('/dead-letters?service=exports');
    await page.getByText('Message').click();
    const message = page.getByRole('region', { name: 'Message' });
    expect(await message.textContent()).toContain('no JSON at all');
  });

  it('pauses a worker, resizes it, and lets it go on', async () => {
    const page = await open('/workers');
    const exports = page.locator('.panel').filter({
      has: page.getByRole('heading', { name: 'exports' }),
    });
    await exports.getByRole('button', { name: 'Pause' }).click();
    await exports.getByRole('row').getByText('paused').waitFor();
    await exports.getByRole('button', { name: 'Resume' }).click();
    await exports.getByRole('row').getByText('running').waitFor();
    await exports.getByRole('button', { name: 'Concurrency' }).click();
    await page.getByRole('dialog').getByLabel('Tasks').fill('7');
    await page.getByRole('dialog').getByRole('button', { name: 'Concurrency' }).click();
    await exports.getByText('0 of 7').waitFor();
    expect(await exports.getByRole('button', { name: 'Pause' }).isEnabled()).toBe(true);
  });

  it('limits a task, and is told what its worker was told', async () => {
    const page = await open('/workers');
    await page.getByText('Limits').first().click();
    const limited = row(page, 'exports.rows');
    await limited.getByRole('button', { name: 'Time limit' }).click();
    await page.getByRole('dialog').getByLabel('Seconds').fill('90');
    await page.getByRole('dialog').getByRole('button', { name: 'Time limit' }).click();
    await limited.getByText('1 min 30 s').waitFor();
    expect(await limited.count()).toBe(1);
  });

  it('runs a periodic task now, pauses it, and adds one', async () => {
    const page = await open('/periodic');
    const nightly = row(page, 'nightly-export');
    await nightly.getByRole('button', { name: 'Run now' }).click();
    await nightly.getByText('succeeded').waitFor();
    await nightly.getByRole('button', { name: 'Pause' }).click();
    await nightly.getByText('paused').waitFor();
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByLabel('Task', { exact: true }).selectOption('mail.send');
    await page.getByLabel('Name').fill('hourly-mail');
    await page.getByLabel('When').fill('every 1h');
    await page.getByLabel('to', { exact: true }).fill('team@example.org');
    await page.getByLabel('subject').fill('Hello');
    await page.getByRole('button', { name: 'Add' }).last().click();
    await row(page, 'hourly-mail').getByText('every 1h').waitFor();
    expect(await row(page, 'hourly-mail').getByRole('button', { name: 'Remove' }).count()).toBe(1);
  });

  it('sees what waits where', async () => {
    const page = await open('/queues');
    await row(page, 'exports').getByText('flowing').waitFor();
    expect(await page.getByRole('row').count()).toBe(4);
  });

  it('pauses a worker where its queue is, and cancels what waits in it', async () => {
    const { access, exports, schedule } = fleet();
    const order = { kind: 'concurrency', concurrency: 1 } as const;
    const told = await access.workers.tell(browserFleet, { worker: 'exports', order, by: 'test' });
    await access.workers.awaitHeard(told, 20_000);
    await schedule('exports.project', { organization: 'first' });
    const { context, finish } = await exports.running('first');
    // No place is left for it.
    const { id } = await schedule('exports.project', { organization: 'second' });
    const page = await open('/queues');
    const queue = row(page, 'exports');
    await queue.getByRole('button', { name: 'Pause' }).click();
    await queue.getByText('worker paused').waitFor();
    await queue.getByRole('button', { name: 'Purge' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('exports');
    await page.getByRole('dialog').getByRole('button', { name: 'Purge' }).click();
    await page.getByText('One task was cancelled.').waitFor();
    await queue.getByRole('button', { name: 'Resume' }).click();
    await queue.getByText('flowing').waitFor();
    await page.goto(`/tasks/${id}`);
    await page.getByText('cancelled', { exact: true }).waitFor();
    expect(context.signal.aborted).toBe(false);
    finish();
  });
});
