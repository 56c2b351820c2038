export interface PackOptions<Entry> {
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly sizeOf: (entry: Entry) => number;
  readonly laneOf: (entry: Entry) => string | undefined;
  readonly isBusy: (lane: string) => boolean;
}

export interface Packed<Entry> {
  readonly batch: Entry[];
  readonly rest: Entry[];
}

/**
 * Takes from the front what fits into one batch. An entry whose lane is busy stays, and so does every later one of its
 * lane; an entry that is left out for its size keeps its lane's later ones back too. A first entry always fits: whether
 * it is too large on its own is its sender's question.
 */
export function packBatch<Entry>(
  entries: readonly Entry[],
  options: PackOptions<Entry>,
): Packed<Entry> {
  const batch: Entry[] = [];
  const rest: Entry[] = [];
  const heldBack = new Set<string>();
  let bytes = 0;
  for (const [i, entry] of entries.entries()) {
    if (batch.length === options.maxEntries) return { batch, rest: [...rest, ...entries.slice(i)] };
    const lane = options.laneOf(entry);
    const size = options.sizeOf(entry);
    const fits = batch.length === 0 || bytes + size <= options.maxBytes;
    if (fits && !(lane !== undefined && (heldBack.has(lane) || options.isBusy(lane)))) {
      batch.push(entry);
      bytes += size;
    } else {
      rest.push(entry);
      if (lane !== undefined) heldBack.add(lane);
    }
  }
  return { batch, rest };
}
