import { describe, expect, it } from 'vitest';
import { attributeOf, fromAttribute, PLATFORM_WRITER } from './attribute.ts';
import { COUNTER_NAMES } from './counters.ts';

describe('the name of an attribute', () => {
  it.each([
    ['thumbnails', 'thumbnails.create', 'create#'],
    ['thumbnails', 'thumbnails.gallery.create', 'gallery.create#'],
    [PLATFORM_WRITER, 'thumbnails.create', 'thumbnails.create#'],
  ])('that %s counts %s in says which counter of which task it is', (writer, task, prefix) => {
    for (const counter of COUNTER_NAMES) {
      const attribute = attributeOf(writer, task, counter);
      expect(attribute).toBe(`${prefix}${counter}`);
      expect(fromAttribute(writer, attribute)).toEqual({ task, counter });
    }
  });

  it.each(['expiresAt', 'create#later', 'create#run7', 'a#b#succeeded', ''])(
    '"%s" counts nothing that is known',
    (attribute) => expect(fromAttribute('thumbnails', attribute)).toBeUndefined(),
  );

  it('lets one write unit hold every counter of a task, beside key and expiry', () => {
    const size = (counter: string) =>
      attributeOf('thumbnails', 'thumbnails.create', counter).length + NUMBER_BYTES;
    const bytes = [...COUNTER_NAMES].reduce((sum, counter) => sum + size(counter), 0);
    expect(bytes).toBeLessThan(1_024 - 80);
  });
});

/** Of four digits: a byte for two, and one more (docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html). */
const NUMBER_BYTES = 3;
