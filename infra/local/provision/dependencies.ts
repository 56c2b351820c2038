import { ProvisionError } from '../../errors.ts';
import { resolve } from './resolve.ts';

/** The logical ids that a value refers to, pseudo parameters left out. Throws ProvisionError for unknown functions. */
export function referencesOf(value: unknown, path: string): ReadonlySet<string> {
  const found = new Set<string>();
  const record = (name: string): string => {
    if (!name.startsWith('AWS::')) found.add(name);
    return name;
  };
  resolve(value, { ref: record, attribute: record }, path);
  return found;
}

/** The keys in an order in which each comes after what it depends on. Throws ProvisionError for a circle. */
export function inDependencyOrder(graph: ReadonlyMap<string, Iterable<string>>): string[] {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (done.has(id)) return;
    if (path.includes(id)) {
      throw new ProvisionError(`resources depend on each other: ${[...path, id].join(' → ')}`);
    }
    for (const dependency of graph.get(id) ?? []) visit(dependency, [...path, id]);
    done.add(id);
  };
  for (const id of graph.keys()) visit(id, []);
  return [...done].filter((id) => graph.has(id));
}
