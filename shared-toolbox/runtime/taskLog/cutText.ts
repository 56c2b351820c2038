/** Bytes of a value in JSON. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

const SHORTER = 0.9;

/** The text's beginning, in at most so many bytes of JSON; `…` says that there was more. */
export function cutText(text: string, bytes: number): string {
  if (text.length <= bytes && jsonBytes(text) <= bytes) return text.toWellFormed();
  let short = text.slice(0, bytes);
  while (jsonBytes(`${short}…`) > bytes) short = short.slice(0, Math.floor(short.length * SHORTER));
  return `${short.toWellFormed()}…`;
}
