import type { Parsed } from '@taskfleet/toolbox/contract';

/** The formats that photos may have, as people call them. */
export const PHOTO_FORMATS = ['JPEG', 'PNG', 'WebP', 'AVIF', 'GIF', 'TIFF'] as const;

export type PhotoFormat = (typeof PHOTO_FORMATS)[number];

const SIGNATURES: Readonly<Record<PhotoFormat, RegExp>> = {
  JPEG: /^\xff\xd8\xff/,
  PNG: /^\x89PNG\r\n/,
  WebP: /^RIFF.{4}WEBP/s,
  // The brand may stand anywhere in the list of the box; `mif1` in front of it is common.
  AVIF: /^\0\0.{2}ftyp(?:.{4})*?avi[fs]/s,
  GIF: /^GIF8[79]a/,
  TIFF: /^(?:II[*+]\0|MM\0[*+])/,
};

/** What people upload instead, the first that matches. */
const OTHERS: readonly (readonly [string, RegExp])[] = [
  ['an empty file', /^$/],
  ['HEIC, which has to be converted to JPEG or AVIF first', /^\0\0.{2}ftyp(?:he[iv]|mif1|msf1)/s],
  ['a video', /^\0.{3}ftyp|^RIFF.{4}AVI |^.E\xdf\xa3/s],
  ['PDF', /^%PDF-/],
  ['SVG', /<svg[\s>]/i],
  // oxlint-disable-next-line eslint/no-control-regex -- text is what has no control characters
  ['text', /^[^\0-\x08\x0e-\x1f\x7f]+$/],
];

/** Longer than any file type box and any preamble of an SVG that is worth a good message. */
const HEAD_BYTES = 512;

/**
 * The format by a file's first bytes, or what the file is instead. Decides before any decoder sees the file: only those
 * of photos are ever run on what strangers upload, never the one of SVG with its XML parser.
 */
export function recognizeFormat(body: Uint8Array): Parsed<PhotoFormat, string> {
  const head = firstBytes(body);
  const format = PHOTO_FORMATS.find((name) => SIGNATURES[name].test(head));
  if (format) return { ok: true, value: format };
  const [other = 'a file of an unknown kind'] = OTHERS.find(([, sign]) => sign.test(head)) ?? [];
  return { ok: false, error: other };
}

/** One character a byte. A file type box ends the head, so that no brand is found in what follows it. */
function firstBytes(body: Uint8Array): string {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, HEAD_BYTES));
  const isBox = head.length >= 8 && head.toString('latin1', 4, 8) === 'ftyp';
  return head.toString('latin1', 0, isBox ? Math.max(12, head.readUInt32BE(0)) : head.length);
}
