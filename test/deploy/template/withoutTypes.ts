import { namesIn } from './references.ts';
import type { Template } from './template.ts';

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
  const removed = new Set(
    Object.keys(template.Resources).filter((id) => isOneOf(types, template.Resources[id]?.Type)),
  );
  const refersToRemoved = (value: unknown) => namesIn(value).some((name) => removed.has(name));
  for (let before = -1; before < removed.size;) {
    before = removed.size;
    for (const [id, { Properties }] of Object.entries(template.Resources)) {
      if (refersToRemoved(Properties)) removed.add(id);
    }
  }
  const resources = Object.entries(template.Resources)
    .filter(([id]) => !removed.has(id))
    .map(([id, resource]) => {
      const DependsOn = resource.DependsOn.filter((other) => !removed.has(other));
      return [id, { ...resource, DependsOn }] as const;
    });
  const outputs = Object.entries(template.Outputs).filter(
    ([, { Value }]) => !refersToRemoved(Value),
  );
  const Resources = Object.fromEntries(resources);
  const Outputs = Object.fromEntries(outputs);
  return { template: { ...template, Resources, Outputs }, removed: [...removed] };
}

function isOneOf(types: readonly string[], type: string | undefined): boolean {
  return type !== undefined && types.includes(type);
}
