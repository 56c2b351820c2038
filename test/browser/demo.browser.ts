import { readFileSync } from 'node:fs';
import { isGitThere } from '@taskfleet/worker-layers/demo';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { seriousViolations } from './axe.ts';
import { useDemo } from './demo/useDemo.ts';
import { fulfilled } from './fulfilled.ts';

const { demo, open } = useDemo();

const LATER = /Temporarily unavailable, try again later/;

describe('the host application', () => {
  it('is found from the platform', async () => {
    const page = await open('/');
    await page.goto(new URL(demo().demo).origin);
    await page.getByRole('link', { name: 'Demonstration' }).click();
    await page
      .getByRole('heading', { name: 'A web application and its background tasks' })
      .waitFor();
    expect(new URL(page.url()).origin).toBe(demo().address);
  });

  it('exports a project, shows it in the panel, and has the file', async () => {
    const page = await open('/project');
    await page.getByRole('radio', { name: 'All of it' }).check();
    await page.getByRole('button', { name: 'Export' }).click();
    const panel = page.frameLocator('iframe[title="Exports of this project"]');
    await panel.getByText('succeeded').first().waitFor();
    await panel.getByRole('link', { name: /zip/ }).first().waitFor();
    const links = page.getByRole('list', { name: 'Exports' }).getByRole('link');
    const [download] = await Promise.all([page.waitForEvent('download'), links.first().click()]);
    expect(download.suggestedFilename()).toMatch(/\.zip$/);
    expect(
      readFileSync(await download.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });

  it('fills a gallery with thumbnails as they are made', async () => {
    const page = await open('/gallery');
    await page.getByRole('button', { name: 'Add sample photos' }).click();
    const pictures = page.getByRole('img', { name: /^Thumbnail of / });
    await fulfilled(async () => expect(await pictures.count()).toBe(5));
    await fulfilled(async () => expect(await widths(page)).toEqual([160, 160, 160, 160, 160]));
    await page.getByRole('button', { name: 'Delete birds.png' }).click();
    await fulfilled(async () => expect(await pictures.count()).toBe(4));
  });

  it('takes photos of a visitor, and says what it does not take', async () => {
    const page = await open('/gallery');
    const upload = async (name: string, mimeType: string, buffer: Buffer) => {
      await page.locator('#files').setInputFiles({ name, mimeType, buffer });
      await page.getByRole('button', { name: 'Upload' }).click();
    };
    await upload('My garden.png', 'image/png', PIXEL);
    await page.getByRole('img', { name: 'Thumbnail of My-garden.png' }).waitFor();
    await upload('plan.pdf', 'application/pdf', PIXEL);
    const said = page.locator('#said');
    await fulfilled(async () =>
      expect(await said.innerText()).toContain('plan.pdf: expected a photo'),
    );
  });

  it('sends an e-mail that arrives and can be read, where it can do nothing', async () => {
    const page = await open('/mail');
    await page.getByLabel('Subject').fill('Harvest <b>festival</b>');
    await page.getByLabel('Text').fill('Come on <b>Saturday</b>.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: 'Read "Harvest <b>festival</b>"' }).click();
    await page.locator('#letter-text', { hasText: 'Come on <b>Saturday</b>.' }).waitFor();
    const frame = page.locator('#letter-html');
    expect(await frame.getAttribute('sandbox')).toBe('');
    const letter = page.frameLocator('#letter-html');
    await letter.getByText('Come on <b>Saturday</b>.').waitFor();
  });
});

describe.skipIf(!isGitThere())('a layer that is updated', () => {
  it('is read along, and stopped', async () => {
    const page = await open('/layers');
    await page.getByRole('button', { name: 'Update meta-large' }).click();
    const log = page.getByRole('log');
    await log.getByText('layers.fetched').waitFor();
    await page.locator('#task-state', { hasText: /^running/ }).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.locator('#task-state', { hasText: /^cancelled/ }).waitFor();
    expect(await page.getByRole('button', { name: 'Stop', exact: true }).isDisabled()).toBe(true);
  });

  it('is indexed with all that it needs', async () => {
    const page = await open('/layers');
    await page.getByRole('button', { name: 'Update meta-networking' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'meta-networking' });
    await row.getByText(/2 recipes at [0-9a-f]{8} · succeeded/).waitFor();
    await page.getByRole('button', { name: 'Commit a change to meta-networking' }).click();
    await page.getByText('Somebody has committed to meta-networking.').waitFor();
    await page.getByRole('button', { name: 'Update meta-networking' }).click();
    await fulfilled(async () =>
      expect(await row.innerText()).toMatch(/3 recipes at .* · succeeded/),
    );
  });
});

describe('with the keyboard alone', () => {
  it('one exports, and stops the broker and starts it again', async () => {
    const page = await open('/project');
    const button = page.getByRole('button', { name: 'Export' });
    await fulfilled(async () => expect(await button.isEnabled()).toBe(true));
    await tabTo(page, 'Export');
    await page.keyboard.press('Enter');
    await page.getByText('The export is on its way.').waitFor();
    await tabTo(page, 'Stop the broker');
    await page.keyboard.press('Space');
    await page.getByText('Stopped: topic, queues and files are away').waitFor();
    await tabTo(page, 'Start the broker again');
    await page.keyboard.press('Space');
    await page.getByText('Running: tasks are taken.').waitFor();
    await fulfilled(async () => expect(await button.isEnabled()).toBe(true));
  });
});

describe('while the broker is stopped', () => {
  it('buttons are grey and say why on every page, and come back by themselves', async () => {
    const [project, gallery, layers, mail] = (await Promise.all(
      ['/project', '/gallery', '/layers', '/mail'].map(async (path) => open(path)),
    )) as [Page, Page, Page, Page];
    const all = [
      project.getByRole('button', { name: 'Export' }),
      gallery.getByRole('button', { name: 'Add sample photos' }),
      layers.getByRole('button', { name: 'Update all' }),
    ];
    for (const button of all)
      await fulfilled(async () => expect(await button.isEnabled()).toBe(true));

    // Nobody presses any other button meanwhile.
    await project.getByRole('button', { name: 'Stop the broker' }).click();
    for (const button of all) {
      await fulfilled(async () => expect(await button.isDisabled()).toBe(true));
      expect(await button.getAttribute('aria-describedby')).toBe('outage');
    }
    for (const page of [project, gallery, layers]) {
      await page.locator('#outage', { hasText: LATER }).waitFor();
    }
    expect(await seriousViolations(project)).toEqual([]);
    // This one is taken all the same: the table keeps it.
    await mail.locator('#outage', { hasText: LATER }).waitFor();
    await mail.getByLabel('Subject').fill('During the outage');
    await mail.getByRole('button', { name: 'Send' }).click();
    await mail.getByText(/It is taken, and goes out when the broker is back/).waitFor();

    await mail.getByRole('button', { name: 'Start the broker again' }).click();
    for (const button of all)
      await fulfilled(async () => expect(await button.isEnabled()).toBe(true));
    await project.locator('#outage').waitFor({ state: 'hidden' });
    await mail.getByText('During the outage').first().waitFor();
    const before = await project
      .getByRole('list', { name: 'Exports' })
      .getByRole('listitem')
      .count();
    await all[0]?.click();
    await fulfilled(async () => {
      const rows = project.getByRole('list', { name: 'Exports' }).getByRole('listitem');
      expect(await rows.count()).toBe(before + 1);
      expect(await rows.first().innerText()).toContain('succeeded');
    });
  });
});

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function widths(page: Page): Promise<number[]> {
  return page.evaluate<number[]>(
    '[...document.querySelectorAll("#photos img")].map((one) => one.naturalWidth)',
  );
}

const MOST_TABS = 60;

/** Goes on until what has that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < MOST_TABS; i += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<string>('document.activeElement.textContent.trim()');
    if (focused === name) return;
  }
  throw new Error(`${MOST_TABS} tabs did not lead to ${name}`);
}
