import type { Answer, AskAws, Question } from '../askAws.ts';
import type { PhysicalIds } from '../template/fillIn.ts';
import { mapReferences } from '../template/references.ts';
import type { Template } from '../template/template.ts';
import { CHECKS } from './checks.ts';

/** What describe calls show of a stack, by logical id. */
export interface Sight {
  /** Resources that are there. */
  readonly seen: readonly string[];
  /** Resources that are not. */
  readonly missing: readonly string[];
  /** Properties that a resource which is there should have and has not. */
  readonly without: readonly { readonly logicalId: string; readonly property: string }[];
  /** Resources that no describe call is known for: nothing but the stack's list says that they are there. */
  readonly onlyListed: readonly string[];
}

interface Planned {
  readonly logicalId: string;
  /** Left out: the resource itself. */
  readonly property?: string;
  readonly question: Question;
}

/** Looks at every resource of a template with the service's own describe call, whatever the stack says about it. */
export async function seeStack(
  ask: AskAws,
  template: Template,
  physicalIds: PhysicalIds,
): Promise<Sight> {
  const planned = Object.keys(template.Resources).flatMap((logicalId) =>
    planQuestions(logicalId, template, physicalIds),
  );
  const answers = await ask(planned.map(({ question }) => question));
  const found = new Set(planned.filter((_, i) => isThere(answers[i])));
  const resources = planned.filter(({ property }) => property === undefined);
  const seen = resources.filter((one) => found.has(one)).map(({ logicalId }) => logicalId);
  const unseen = resources.filter((one) => !found.has(one)).map(({ logicalId }) => logicalId);
  const unlisted = Object.keys(template.Resources).filter((id) => !physicalIds.has(id));
  const known = new Set([...seen, ...unseen, ...unlisted]);
  return {
    seen,
    missing: [...unlisted, ...unseen],
    without: planned.flatMap((one) => {
      const { logicalId, property } = one;
      const isLacking = !found.has(one) && seen.includes(logicalId);
      return property !== undefined && isLacking ? [{ logicalId, property }] : [];
    }),
    onlyListed: Object.keys(template.Resources).filter((id) => !known.has(id)),
  };
}

function planQuestions(
  logicalId: string,
  { Resources }: Template,
  physicalIds: PhysicalIds,
): Planned[] {
  const resource = Resources[logicalId];
  const checks = CHECKS[resource?.Type ?? ''];
  const physicalId = physicalIds.get(logicalId);
  if (!resource || !checks || physicalId === undefined) return [];
  const properties = mapReferences(resource.Properties, (reference) =>
    physicalIds.get(reference.logicalId),
  ) as Readonly<Record<string, unknown>>;
  const deployed = { physicalId, properties };
  const given = Object.entries(checks.properties ?? {}).filter(([name]) => name in properties);
  return [
    { logicalId, question: checks.exists(deployed) },
    ...given.map(([property, check]) => ({ logicalId, property, question: check(deployed) })),
  ];
}

function isThere(answer: Answer | undefined): boolean {
  if (!answer || 'error' in answer) return false;
  return Array.isArray(answer.value) ? answer.value.length > 0 : Boolean(answer.value);
}
