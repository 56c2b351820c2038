import { extname } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.heic': 'image/heic',
  '.heif': 'image/heif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.zip': 'application/zip',
};

/** By the extension alone: whoever reads the file looks at its bytes. */
export function contentTypeOf(name: string): string {
  return CONTENT_TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
}

const LONGEST_NAME = 100;

/**
 * A file's name as the last part of a key: ASCII letters, digits, `.`, `_` and `-`, at most 100 characters, so that its
 * reference can be typed, put into a URL and onto any disk. Accents are dropped, the extension is kept.
 */
export function safeName(name: string): string {
  const ascii = name.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const clean = ascii.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/\.{2,}/g, '.');
  const extension = /\.[A-Za-z0-9]{1,16}$/.exec(clean)?.[0] ?? '';
  const stem = clean.slice(0, clean.length - extension.length).replace(/^[.-]+|[.-]+$/g, '');
  return `${stem.slice(0, LONGEST_NAME - extension.length) || 'file'}${extension}`;
}
