import { expect } from 'vitest';

/** What matters here of an operation in openapi.json. */
interface Operation {
  readonly operationId?: string;
  readonly responses: Readonly<Record<string, unknown>>;
}

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

const read = new Map<string, Promise<Paths>>();

/** What the API of an address says of itself. */
export async function pathsOf(address: string): Promise<Paths> {
  const known = read.get(address) ?? readPaths(address);
  read.set(address, known);
  return known;
}

async function readPaths(address: string): Promise<Paths> {
  const response = await fetch(`${address}/openapi.json`);
  return ((await response.json()) as { paths: Paths }).paths;
}

export interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** Fails for an answer with a status that the route's documentation does not have. */
export async function expectDocumented(
  address: string,
  { method, path, status }: Answered,
): Promise<void> {
  const [route = ''] = path.split('?', 1);
  const paths = Object.entries(await pathsOf(address));
  // The one with the fewest parameters is meant: `/dead-letters/purge`, and not `/dead-letters/{id}`.
  const [found] = paths
    .filter(([template, methods]) => method.toLowerCase() in methods && fits(template, route))
    .toSorted(([a], [b]) => a.split('{').length - b.split('{').length);
  const operation = found?.[1][method.toLowerCase()];
  if (!operation) return;
  expect(Object.keys(operation.responses), `${method} ${found?.[0]}`).toContain(String(status));
}

function fits(template: string, route: string): boolean {
  const pattern = template.replaceAll(/\{\*\}|\*/g, '.+').replaceAll(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(route);
}
