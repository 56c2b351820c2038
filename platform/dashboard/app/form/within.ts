/** The path of a part. */
export function within(path: string, part: string | number): string {
  return path === '' ? String(part) : `${path}.${part}`;
}
