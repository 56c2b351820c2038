import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';

/** They are kept in the repository: each is to be small. */
const LARGEST_BYTES = 120_000;

/** Keeps a picture of what a page shows, under that name in the folder. With 256 colours: photos would be too large otherwise. */
export async function keepPicture(page: Page, folder: string, name: string): Promise<void> {
  const shot = await page.screenshot({ animations: 'disabled' });
  const picture = await sharp(shot).png({ palette: true, effort: 10 }).toBuffer();
  const { byteLength } = picture;
  if (byteLength > LARGEST_BYTES) {
    throw new Error(`${name}.png has ${byteLength} bytes, above ${LARGEST_BYTES}`);
  }
  writeFileSync(join(folder, `${name}.png`), picture);
  process.stdout.write(`${name}: ${byteLength} bytes\n`);
}
