import { COUNTER_NAMES } from './counters.ts';

/** Who counts of all tasks what no worker can know: a name that no worker may have. */
export const PLATFORM_WRITER = 'platform';

const SEPARATOR = '#';

/**
 * The attribute that has a task's counter: `create#succeeded` in an item of the worker `thumbnails`, whose name is in the key already,
 * `thumbnails.create#scheduled` in one of the platform.
 */
export function attributeOf(writer: string, task: string, counter: string): string {
  return `${task.slice(prefixOf(writer).length)}${SEPARATOR}${counter}`;
}

/** What an attribute counts; undefined for one that this version does not know. */
export function fromAttribute(
  writer: string,
  attribute: string,
): { readonly task: string; readonly counter: string } | undefined {
  const [local = '', counter = '', ...rest] = attribute.split(SEPARATOR);
  if (rest.length > 0 || !COUNTER_NAMES.has(counter)) return undefined;
  return { task: `${prefixOf(writer)}${local}`, counter };
}

function prefixOf(writer: string): string {
  return writer === PLATFORM_WRITER ? '' : `${writer}.`;
}
