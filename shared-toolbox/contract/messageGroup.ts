import { createHash } from 'node:crypto';
import type { TaskMessage } from './message.ts';

/** SNS and SQS take 128 of these characters (docs.aws.amazon.com/sns/latest/api/API_Publish.html, MessageGroupId). */
const SAFE = /^[\x21-\x7e]{1,96}$/;

/**
 * The `MessageGroupId` of a task. The worker's name keeps the groups of two workers apart on the platform queue; a task
 * without a group has one of its own, so that nothing waits for it. Groups that AWS could not carry are hashed.
 */
export function messageGroupId({ id, group }: Pick<TaskMessage, 'id' | 'group'>): string {
  if (group === undefined) return id;
  const worker = id.slice(0, id.lastIndexOf('_'));
  return `${worker}:${SAFE.test(group) ? group : createHash('sha256').update(group).digest('hex')}`;
}
