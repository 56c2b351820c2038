import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';

/** A claim is the one update that asks for the whole new item. */
const claim = z.looseObject({
  ReturnValues: z.literal('ALL_NEW'),
  ConditionExpression: z.string(),
});

/** Breaks a guard on purpose: from now on every claim of this client succeeds, whatever has become of the task. */
export function forgetClaimCondition(dynamodb: DynamoDBClient): void {
  dynamodb.middlewareStack.add(
    (next) => async (request) => {
      const parsed = claim.safeParse(request.input);
      if (!parsed.success) return next(request);
      const always = `${parsed.data.ConditionExpression} OR attribute_exists(pk)`;
      return next({ ...request, input: { ...request.input, ConditionExpression: always } });
    },
    { step: 'initialize', name: 'forgetClaimCondition' },
  );
}
