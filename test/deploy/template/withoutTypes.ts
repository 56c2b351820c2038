import { namesIn } from './references.ts';
import type { Template, TemplateResource } from './template.ts';

export interface Reduced {
  readonly template: Template;
  /** Logical ids that were taken out. */
  readonly removed: readonly string[];
}

/**
 * The template without resources of these types, and without what refers to them: outputs, and resources that would be
 * nothing without. A mere order between two resources goes, the resource stays.
 */
export function withoutTypes(template: Template, types: readonly string[]): Reduced {
  const resources = Object.entries(template.Resources);
  const removed = new Set<string>();
  const isRefused = ({ Type, Properties }: TemplateResource) =>
    types.includes(Type) || refersTo(removed, Properties);
  // Until a round finds no more: what refers may stand before what it refers to.
  for (let before = -1; before < removed.size;) {
    before = removed.size;
    for (const [id, resource] of resources) if (isRefused(resource)) removed.add(id);
  }
  const kept = resources.filter(([id]) => !removed.has(id));
  const outputs = Object.entries(template.Outputs);
  return {
    removed: [...removed],
    template: {
      ...template,
      Resources: Object.fromEntries(kept.map(([id, one]) => [id, withoutOrder(one, removed)])),
      Outputs: Object.fromEntries(outputs.filter(([, { Value }]) => !refersTo(removed, Value))),
    },
  };
}

function refersTo(ids: ReadonlySet<string>, value: unknown): boolean {
  return namesIn(value).some((name) => ids.has(name));
}

function withoutOrder(resource: TemplateResource, ids: ReadonlySet<string>): TemplateResource {
  return { ...resource, DependsOn: resource.DependsOn.filter((other) => !ids.has(other)) };
}
