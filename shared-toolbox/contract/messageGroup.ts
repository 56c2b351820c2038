import { createHash } from 'node:crypto';
import type { TaskMessage } from './message.ts';
import { workerOfId } from './taskId.ts';

/** SNS and SQS take 128 of these characters (docs.aws.amazon.com/sns/latest/api/API_Publish.html, MessageGroupId). */
const SAFE = /^[\x21-\x7e]{1,96}$/;

/**
 * The `MessageGroupId` of a task. The worker's name keeps the groups of two workers apart on the platform queue; a task
 * without a group or lane has one of its own, so that nothing waits for it. Groups that AWS could not carry are hashed.
 */
export function messageGroupId({
  id,
  group,
  lane,
}: Pick<TaskMessage, 'id' | 'group' | 'lane'>): string {
  const worker = workerOfId(id);
  // No group's text has two colons in front of a hash: a lane never meets a group.
  if (lane !== undefined) return `${worker}::${hashOf(lane)}`;
  if (group === undefined) return id;
  return `${worker}:${SAFE.test(group) ? group : hashOf(group)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
