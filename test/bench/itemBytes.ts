import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * Bytes of an item by DynamoDB's rules: names and texts in UTF-8, a number one byte for each two digits and one more, a truth value one
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
 */
export function itemBytes(item: Readonly<Record<string, AttributeValue>>): number {
  const sizes = Object.entries(item).map(
    ([name, value]) => Buffer.byteLength(name) + valueBytes(value),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** A list or a map takes three bytes, and each of its values one. */
const NESTED_BYTES = 3;

function valueBytes({ S, N, BOOL, NULL, L, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.replaceAll(/^0+|[-.]/g, '').length / 2) + 1;
  if (BOOL !== undefined || NULL !== undefined) return 1;
  if (L) return L.reduce((sum, value) => sum + 1 + valueBytes(value), NESTED_BYTES);
  if (M) return NESTED_BYTES + Object.keys(M).length + itemBytes(M);
  throw new TypeError('expected a text, a number, a truth value, a list or a map');
}
