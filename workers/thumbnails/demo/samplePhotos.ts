import sharp from 'sharp';
import type { DemonstrationFile } from '@taskfleet/toolbox/contract';
import { drawBalloons } from './scenes/balloons.ts';
import { drawBirds } from './scenes/birds.ts';
import { drawCity } from './scenes/city.ts';
import { drawLighthouse } from './scenes/lighthouse.ts';
import { drawMountains } from './scenes/mountains.ts';

/**
 * Five photos of 4 to 12 megapixels, drawn on the spot: one format each but for JPEG, in every shape, and with what makes
 * photos awkward: a sensor held sideways, a position, alpha. The encoders are set to speed, not to size.
 */
export async function* samplePhotos(): AsyncIterable<DemonstrationFile> {
  yield { name: 'balloons.jpg', contentType: 'image/jpeg', body: await balloonsWithPosition() };
  yield { name: 'lighthouse.jpg', contentType: 'image/jpeg', body: await sidewaysLighthouse() };
  yield { name: 'mountains.webp', contentType: 'image/webp', body: await mountains() };
  yield { name: 'birds.png', contentType: 'image/png', body: await birds() };
  yield { name: 'city.avif', contentType: 'image/avif', body: await city() };
}

function balloonsWithPosition(): Promise<Buffer> {
  const exif = {
    IFD0: { Make: 'Taskfleet' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 38/1 0/1' },
  };
  return sharp(drawBalloons()).flatten().withExif(exif).jpeg().toBuffer();
}

/** Stored lying on its side, with the note that viewers are to turn it: what phones do. */
function sidewaysLighthouse(): Promise<Buffer> {
  const sideways = sharp(drawLighthouse()).flatten().rotate(270);
  return sideways.withMetadata({ orientation: 6 }).jpeg().toBuffer();
}

function mountains(): Promise<Buffer> {
  return sharp(drawMountains()).flatten().webp({ effort: 0 }).toBuffer();
}

function birds(): Promise<Buffer> {
  return sharp(drawBirds()).png({ compressionLevel: 2 }).toBuffer();
}

function city(): Promise<Buffer> {
  return sharp(drawCity()).flatten().avif({ effort: 0 }).toBuffer();
}
