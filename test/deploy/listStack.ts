import { z } from 'zod';
import type { AskAws } from './askAws.ts';
import type { PhysicalIds } from './template/fillIn.ts';

const listed = z.array(
  z.object({ logicalId: z.string().nullable(), physicalId: z.string().nullable() }),
);

/** What the stack lists, by logical id. Some emulators list a resource without a name that they have not made. */
export async function listStack(ask: AskAws, StackName: string): Promise<PhysicalIds> {
  const [answer] = await ask([
    {
      service: 'cloudformation',
      operation: 'list_stack_resources',
      parameters: { StackName },
      find: 'StackResourceSummaries[].{logicalId: LogicalResourceId, physicalId: PhysicalResourceId}',
    },
  ]);
  // A stack that is not there is an error, not an empty list.
  const rows = listed.parse((answer && 'value' in answer ? answer.value : undefined) ?? []);
  return new Map(
    rows.flatMap(({ logicalId, physicalId }) => {
      return logicalId && physicalId ? [[logicalId, physicalId] as const] : [];
    }),
  );
}
