import { ProvisionError } from '../../errors.ts';
import type { StackOutputs } from '../../outputs.ts';
import type { SynthesizedStack } from '../synthesize.ts';
import { bucketKind } from './bucket.ts';
import { inDependencyOrder, referencesOf } from './dependencies.ts';
import { ProvisionedStack } from './provisionedStack.ts';
import { queueKind } from './queue.ts';
import { resolve } from './resolve.ts';
import type { ProvisionContext, ResourceKind } from './resourceKind.ts';
import { subscriptionKind } from './subscription.ts';
import { tableKind } from './table.ts';
import { parseTemplate, type Template, type TemplateResource } from './template.ts';
import { topicKind } from './topic.ts';
import { WITHOUT_MEANING } from './withoutMeaning.ts';

const KINDS: readonly ResourceKind[] = [
  bucketKind,
  queueKind,
  subscriptionKind,
  tableKind,
  topicKind,
];

/** A resource that will be put on an emulator: its kind, and the properties that count. */
interface Planned {
  readonly logicalId: string;
  readonly kind: ResourceKind;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly dependsOn: ReadonlySet<string>;
}

/**
 * Makes the emulators have what a template describes, and returns the values of its outputs. Changes what differs and can
 * be changed, and deletes nothing. Throws ProvisionError before the first call for anything that would be skipped, and
 * DriftError for a difference that cannot be changed.
 */
export async function provisionTemplate(
  { template, stackName }: SynthesizedStack,
  clients: ProvisionContext['clients'],
): Promise<StackOutputs> {
  const parsed = parseTemplate(template);
  const stack = new ProvisionedStack(stackName, parsed);
  for (const planned of plan(parsed)) {
    const path = `${planned.logicalId}.Properties`;
    const properties = resolve(planned.properties, stack, path);
    stack.add(planned.logicalId, await applyNamed(planned, properties, { clients, stackName }));
  }
  return resolveOutputs(parsed, stack);
}

/** Everything of the template that an emulator can have, each after what it depends on. */
function plan({ Resources }: Template): Planned[] {
  const planned = Object.entries(Resources)
    .filter(([, { Type }]) => !(Type in WITHOUT_MEANING))
    .map(([logicalId, resource]) => planResource(logicalId, resource));
  const byId = new Map(planned.map((entry) => [entry.logicalId, entry]));
  const graph = new Map(planned.map(({ logicalId, dependsOn }) => [logicalId, dependsOn]));
  return inDependencyOrder(graph).flatMap((id) => byId.get(id) ?? []);
}

function planResource(logicalId: string, resource: TemplateResource): Planned {
  const kind = KINDS.find(({ type }) => type === resource.Type);
  if (kind === undefined) {
    throw new ProvisionError(
      `${resource.Type} ${logicalId}: this type is not supported on the local emulators`,
    );
  }
  const properties = kind.select({ logicalId, properties: resource.Properties });
  const references = referencesOf(properties, `${logicalId}.Properties`);
  const dependsOn = new Set([...references, ...resource.DependsOn]);
  return { logicalId, kind, properties, dependsOn };
}

/** Whatever an emulator answers, the error says which resource it was about. */
async function applyNamed(
  { kind, logicalId }: Planned,
  properties: unknown,
  context: ProvisionContext,
) {
  try {
    return await kind.apply({ logicalId, properties }, context);
  } catch (cause) {
    const subject = `${kind.type} ${logicalId}: `;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ProvisionError(message.startsWith(subject) ? message : subject + message, { cause });
  }
}

function resolveOutputs({ Outputs }: Template, stack: ProvisionedStack): StackOutputs {
  const entries = Object.entries(Outputs).map(([name, { Value }]) => {
    return [name, String(resolve(Value, stack, `Outputs.${name}.Value`))] as const;
  });
  return Object.fromEntries(entries);
}
