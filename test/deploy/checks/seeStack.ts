import type { Answer, AskAws } from '../askAws.ts';
import type { PhysicalIds } from '../template/fillIn.ts';
import { mapReferences } from '../template/references.ts';
import type { Template } from '../template/template.ts';
import { type Check, CHECKS } from './checks.ts';

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

interface Asked extends Check {
  readonly logicalId: string;
  readonly answer: Answer;
}

/** Looks at every resource of a template with the service's own describe call, whatever the stack says about it. */
export async function seeStack(
  ask: AskAws,
  template: Template,
  physicalIds: PhysicalIds,
): Promise<Sight> {
  const asked = await askAll(ask, template, physicalIds);
  const isThere = ({ answer }: Asked) => 'value' in answer && isSomething(answer.value);
  const ofResources = asked.filter(({ property }) => property === undefined);
  const seen = ofResources.filter(isThere).map(({ logicalId }) => logicalId);
  const unlisted = Object.keys(template.Resources).filter((id) => !physicalIds.has(id));
  const unseen = ofResources.filter((one) => !isThere(one)).map(({ logicalId }) => logicalId);
  const known = new Set([...seen, ...unseen, ...unlisted]);
  return {
    seen,
    missing: [...unlisted, ...unseen],
    without: asked.flatMap((one) => {
      const { logicalId, property } = one;
      if (property === undefined || isThere(one) || !seen.includes(logicalId)) return [];
      return [{ logicalId, property }];
    }),
    onlyListed: Object.keys(template.Resources).filter((id) => !known.has(id)),
  };
}

async function askAll(
  ask: AskAws,
  template: Template,
  physicalIds: PhysicalIds,
): Promise<readonly Asked[]> {
  const planned = Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
    const physicalId = physicalIds.get(logicalId);
    if (physicalId === undefined) return [];
    const properties = mapReferences(resource.Properties, (reference) =>
      physicalIds.get(reference.logicalId),
    ) as Readonly<Record<string, unknown>>;
    return CHECKS.filter(({ type, property }) => {
      return type === resource.Type && (property === undefined || property in resource.Properties);
    }).map((check) => ({ ...check, logicalId, asks: check.question({ physicalId, properties }) }));
  });
  const answers = await ask(planned.map(({ asks }) => asks));
  return planned.map((one, i) => ({ ...one, answer: answers[i] ?? { error: 'no answer' } }));
}

function isSomething(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
