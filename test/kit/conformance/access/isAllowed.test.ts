import { expect, it } from 'vitest';
import { isAllowed } from './isAllowed.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:1:mail.fifo';
const receive = { action: 'sqs:ReceiveMessage', resource: QUEUE };
const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
const keys = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['result#mail_*'] } };
const lists = { StringLike: { 's3:prefix': ['mail/*'] } };
const FILES = 'arn:aws:s3:::files';
const list = { action: 's3:ListBucket', resource: FILES };
const TABLE = 'arn:aws:dynamodb:us-east-1:1:table/tasks';
const update = { action: 'dynamodb:UpdateItem', resource: TABLE };

it.each([
  ['an action and a resource by name', [allow('sqs:ReceiveMessage', QUEUE)], receive],
  ['by stars', [allow('sqs:*', 'arn:aws:sqs:*')], receive],
  [
    'an item by its key',
    [{ ...allow(update.action, TABLE), Condition: keys }],
    { ...update, leadingKeys: ['result#mail_0'] },
  ],
  [
    'a list by its prefix',
    [{ ...allow(list.action, FILES), Condition: lists }],
    { ...list, prefix: 'mail/' },
  ],
])('allows %s', (_what, statements, request) => {
  expect(isAllowed(statements, request)).toBe(true);
});

it.each([
  ['what no statement names', [allow('sqs:DeleteMessage', QUEUE)], receive],
  ['another resource', [allow('sqs:*', `${QUEUE}x`)], receive],
  [
    'what another statement denies',
    [allow('sqs:*', '*'), { Effect: 'Deny', Action: 'sqs:Receive*', Resource: '*' }],
    receive,
  ],
  [
    "another's item",
    [{ ...allow(update.action, TABLE), Condition: keys }],
    { ...update, leadingKeys: ['result#mail_0', 'result#other_0'] },
  ],
  [
    'a request without keys, where keys are asked for',
    [{ ...allow('dynamodb:*', TABLE), Condition: keys }],
    { ...update, leadingKeys: [] },
  ],
  [
    "a list of another's files",
    [{ ...allow(list.action, FILES), Condition: lists }],
    { ...list, prefix: 'mail' },
  ],
  [
    'a list of everything, where a prefix is asked for',
    [{ ...allow(list.action, FILES), Condition: lists }],
    list,
  ],
])('does not allow %s', (_what, statements, request) => {
  expect(isAllowed(statements, request)).toBe(false);
});

it('throws for a statement that it does not understand', () => {
  const statement = { Effect: 'Allow', NotAction: 'sqs:*', Resource: '*' };
  expect(() => isAllowed([statement], receive)).toThrow('NotAction');
});
