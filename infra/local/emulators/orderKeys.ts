/**
 * fauxqs 2.4.1 sorts the keys of a bucket as people do, and cuts the sorted list into pages by their bytes: with more than 1,000 of them,
 * in capitals and small letters, some are on no page. S3 sorts by bytes. Its store is given that order, for lists without a delimiter,
 * which are those that are asked for here.
 */
export async function orderKeys(): Promise<void> {
  const store = new URL('./s3/s3Store.js', import.meta.resolve('fauxqs'));
  const { S3Store } = (await import(store.href)) as { readonly S3Store: StoreClass };
  const { listObjects: listed } = S3Store.prototype;
  if (ordered.has(listed)) return;
  const inOrder: List = function inOrder(this: Store, bucket, asked = {}) {
    if (asked.delimiter !== undefined) return listed.call(this, bucket, asked);
    const { prefix, maxKeys = 1_000, startAfter = asked.marker ?? '' } = asked;
    const all = listed.call(this, bucket, { prefix, maxKeys: Infinity }).objects;
    const last = Buffer.from(startAfter);
    const after = all
      .filter(({ key }) => Buffer.compare(Buffer.from(key), last) > 0)
      .toSorted(byBytes);
    return {
      objects: after.slice(0, maxKeys),
      commonPrefixes: [],
      isTruncated: after.length > maxKeys,
    };
  };
  ordered.add(inOrder);
  S3Store.prototype.listObjects = inOrder;
}

const ordered = new WeakSet<List>();

interface StoreClass {
  readonly prototype: Store;
}

interface Store {
  listObjects: List;
}

interface Asked {
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly maxKeys?: number | undefined;
  readonly startAfter?: string | undefined;
  readonly marker?: string | undefined;
}

interface Stored {
  readonly key: string;
}

interface Page {
  readonly objects: readonly Stored[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
}

type List = (this: Store, bucket: string, asked?: Asked) => Page;

function byBytes({ key }: Stored, other: Stored): number {
  return Buffer.compare(Buffer.from(key), Buffer.from(other.key));
}
