import type { Parsed } from '@taskfleet/toolbox/contract';

/** A layer with the names of layers that it needs, and of those that it would like to have. */
export interface OrderedLayer {
  readonly name: string;
  readonly needs: readonly string[];
  readonly likes: readonly string[];
}

export interface LayerOrder {
  /** Each after all that it needs, and all that it likes and that is still in `likes`. */
  readonly layers: readonly OrderedLayer[];
  /** Wishes that would have made a circle. */
  readonly dropped: readonly { readonly name: string; readonly likes: string }[];
}

/**
 * Orders layers so that each comes after what it needs, and where that is possible after what it likes; names that are not among them
 * count for nothing. The same whatever the order in which they are given. The error is a circle of needs, such as `['a', 'b', 'a']`.
 */
export function orderLayers(given: readonly OrderedLayer[]): Parsed<LayerOrder, string[]> {
  const names = new Set(given.map(({ name }) => name));
  const graph = new Map<string, Set<string>>();
  const sorted = given.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, needs } of sorted)
    graph.set(name, new Set(needs.filter((it) => names.has(it))));
  const circle = findCircle(graph);
  if (circle) return { ok: false, error: circle };
  const dropped: { name: string; likes: string }[] = [];
  const layers = sorted.map(({ name, needs, likes }) => {
    const kept = likes.filter((liked) => names.has(liked) && liked !== name);
    const possible = kept.filter((liked) => addUnlessCircle(graph, name, liked));
    dropped.push(...kept.filter((it) => !possible.includes(it)).map((likes) => ({ name, likes })));
    return { name, needs: needs.filter((it) => names.has(it)), likes: possible };
  });
  const rank = new Map(inOrder(graph).map((name, at) => [name, at]));
  const byRank = layers.toSorted((a, b) => (rank.get(a.name) ?? 0) - (rank.get(b.name) ?? 0));
  return { ok: true, value: { layers: byRank, dropped } };
}

type Graph = ReadonlyMap<string, Set<string>>;

function addUnlessCircle(graph: Graph, name: string, liked: string): boolean {
  if (reaches(graph, liked, name)) return false;
  graph.get(name)?.add(liked);
  return true;
}

function reaches(graph: Graph, from: string, to: string): boolean {
  const seen = new Set([from]);
  // The set grows while it is walked.
  for (const name of seen) for (const next of graph.get(name) ?? []) seen.add(next);
  return seen.has(to);
}

function findCircle(graph: Graph): string[] | undefined {
  for (const name of graph.keys()) {
    for (const next of graph.get(name) ?? []) {
      const way = wayBetween(graph, next, name);
      if (way) return [name, ...way];
    }
  }
  return undefined;
}

/** The shortest way along the graph, both ends included. */
function wayBetween(graph: Graph, from: string, to: string): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const [name] of cameFrom) {
    for (const next of graph.get(name) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, name);
  }
  if (!cameFrom.has(to)) return undefined;
  const way: string[] = [];
  for (let at: string | undefined = to; at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}

/** Names by the graph without circles, what a name needs before it. */
function inOrder(graph: Graph): string[] {
  const done = new Set<string>();
  const visit = (name: string): void => {
    if (done.has(name)) return;
    for (const next of graph.get(name) ?? []) visit(next);
    done.add(name);
  };
  for (const name of graph.keys()) visit(name);
  return [...done];
}
