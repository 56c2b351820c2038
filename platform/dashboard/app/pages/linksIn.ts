export interface Link {
  readonly text: string;
  readonly url: string;
}

/** Links anywhere in a value: objects with a text and an address of the web. */
export function linksIn(value: unknown): readonly Link[] {
  if (value === null || typeof value !== 'object') return [];
  return isLink(value) ? [value] : Object.values(value).flatMap(linksIn);
}

/** An address with another scheme could run something. */
function isLink(value: object): value is Link {
  if (!('text' in value && 'url' in value)) return false;
  const { text, url } = value;
  return typeof text === 'string' && typeof url === 'string' && /^https?:\/\//.test(url);
}
