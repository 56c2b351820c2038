import { RefusedError } from '../errors.ts';

/** Types of photos that are taken, and how their files end. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/gif': 'gif',
  'image/tiff': 'tiff',
};

const LONGEST_STEM = 60;

/** The name that an uploaded photo is stored under: what a person calls it, as far as a path and a page can bear it. */
export function photoName(given: string, contentType: string): string {
  const ending = ENDINGS[contentType];
  if (ending === undefined) {
    throw new RefusedError(415, `expected a photo (${Object.keys(ENDINGS).join(', ')})`);
  }
  const stem = given
    .replace(/\.\w+$/, '')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, LONGEST_STEM);
  return `${stem || 'photo'}.${ending}`;
}

/** A name as `photoName` makes it: no path, and nothing hidden. */
export const PHOTO_NAME = /^[A-Za-z0-9_-]{1,60}\.[a-z]{3,4}$/;
