import { readTemplate, type Template } from '@taskfleet/infra/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { Rule } from './rule.ts';
import { RULES } from './rules.ts';
import { queuesFitContract } from './rules/queuesFitContract.ts';
import { roleIsEnough } from './rules/roleIsEnough.ts';
import { roleIsNotMore } from './rules/roleIsNotMore.ts';
import { tasksReachTwoQueues } from './rules/tasksReachTwoQueues.ts';
import { createSubject, type Subject } from './subject.ts';
import { USUAL } from './testing/findingsOf.ts';
import { mailWith, samples } from './testing/mailWorker.ts';

/** The rules that read the template: an edit cannot change what others find. */
const READERS = [tasksReachTwoQueues, queuesFitContract, roleIsNotMore, roleIsEnough];

let healthy: Subject;
beforeAll(() => {
  healthy = createSubject(mailWith({}), { ...USUAL, samples });
});
afterAll(async () => healthy.close());

it('is read by these rules, and no other', async () => {
  const readers: Rule[] = [];
  for (const rule of RULES) {
    const template = async () => {
      readers.push(rule);
      return healthy.template();
    };
    expect(await rule.check({ ...healthy, template })).toEqual([]);
  }
  expect(new Set(readers)).toEqual(new Set(READERS));
});

/** Whatever a template has in its properties. */
// oxlint-disable-next-line typescript/no-explicit-any -- an edit of a test
type Properties = Record<string, any>;

function find(template: Template, type: string, has: string): Properties {
  const found = Object.values(template.Resources).find(
    ({ Type, Properties: own }) => Type === type && JSON.stringify(own).includes(has),
  );
  if (!found) throw new Error(`expected a resource ${type} with ${has}`);
  return found.Properties;
}

const queue = (template: Template, service: string) =>
  find(template, 'AWS::SQS::Queue', `"taskfleet-local-${service}.fifo"`);
const subscription = (template: Template, worker: string) =>
  find(template, 'AWS::SNS::Subscription', `"worker":["${worker}"]`);
const platformSubscription = (template: Template) =>
  find(template, 'AWS::SNS::Subscription', 'PlatformServiceQueue');
const container = (template: Template) =>
  find(template, 'AWS::ECS::TaskDefinition', 'ComputeMailWorker');
const policy = (template: Template) => find(template, 'AWS::IAM::Policy', '"result#mail_*"');
const statements = (template: Template): Properties[] =>
  policy(template)['PolicyDocument'].Statement;
const statement = (template: Template, sid: string): Properties =>
  statements(template).find(({ Sid }) => Sid === sid) ?? {};

const roleId = z.object({ Ref: z.string() });
const role = (template: Template): Properties => {
  const [first] = policy(template)['Roles'];
  return template.Resources[roleId.parse(first).Ref]?.Properties ?? {};
};

const CASES: readonly [
  what: string,
  rule: Rule,
  edit: (template: Template) => unknown,
  finding: RegExp,
][] = [
  [
    'a queue that does not get its tasks',
    tasksReachTwoQueues,
    (t) => (subscription(t, 'mail')['FilterPolicy'] = { worker: ['male'] }),
    /^expected tasks of mail with the attribute "mail" to reach MailWorker\w+, got PlatformService\w+; change the filter/,
  ],
  [
    'a platform that does not get them',
    tasksReachTwoQueues,
    (t) => (platformSubscription(t)['FilterPolicy'] = { worker: ['nobody'] }),
    /to reach PlatformService\w+, got MailWorker\w+; change the filter policy/,
  ],
  [
    'a third queue that gets them too',
    tasksReachTwoQueues,
    (t) => subscription(t, 'neighbour')['FilterPolicy'].worker.push('mail'),
    /to reach MailWorker\w+ and PlatformService\w+ once each, got them in NeighbourWorker\w+ too; change/,
  ],
  [
    'messages in wrapping',
    tasksReachTwoQueues,
    (t) => delete subscription(t, 'mail')['RawMessageDelivery'],
    /to reach MailWorker\w+ as they are, got them wrapped; set RawMessageDelivery/,
  ],
  [
    'visibility below the lease',
    queuesFitContract,
    (t) => (queue(t, 'mail')['VisibilityTimeout'] = 6),
    /^MailWorker\w+: expected a VisibilityTimeout of at least 12 seconds, the lease, got 6; raise it/,
  ],
  [
    'fewer receives than retries need',
    queuesFitContract,
    (t) => (queue(t, 'mail')['RedrivePolicy'].maxReceiveCount = 2),
    /^MailWorker\w+: expected a maxReceiveCount of at least \d+, .* got 2; raise it/,
  ],
  [
    'no dead letters',
    queuesFitContract,
    (t) => delete queue(t, 'mail')['RedrivePolicy'],
    /^MailWorker\w+: expected a queue for its dead letters; give it a RedrivePolicy/,
  ],
  [
    'the right to scan',
    roleIsNotMore,
    (t) =>
      statement(t, 'ConsumeItsQueue')['Action'].push('dynamodb:Scan') &&
      (statement(t, 'ConsumeItsQueue')['Resource'] = '*'),
    /not to read the whole table, got the right to dynamodb:Scan|to name its resources, got \*|another's queue|its dead letters/,
  ],
  [
    "the right to write others' results",
    roleIsNotMore,
    (t) =>
      (statement(t, 'ClaimAndRecordItsTasks')['Condition'] = {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['result#*'] },
      }),
    /not to write .* result.*, got the right to dynamodb:UpdateItem on .* with the key result#\S+; narrow/,
  ],
  [
    'every action on its queue',
    roleIsNotMore,
    (t) => (statement(t, 'ConsumeItsQueue')['Action'] = 'sqs:*'),
    /got the right to sqs:\w+ on .*; narrow|expected ConsumeItsQueue to name its actions, got sqs:\*; name each/,
  ],
  [
    "a policy of AWS's",
    roleIsNotMore,
    (t) => (role(t)['ManagedPolicyArns'] = ['arn:aws:iam::aws:policy/AdministratorAccess']),
    /^expected policies of the role's own, got arn:aws:iam::aws:policy\/AdministratorAccess; write/,
  ],
  [
    'no right to schedule',
    roleIsEnough,
    (t) => (statement(t, 'PublishTasksAndProbeTheTopic')['Action'] = ['sns:GetTopicAttributes']),
    /^expected the role to (schedule tasks|do what its handlers do), got no right to sns:Publish on arn:aws:sns:us-east-1:\d+:taskfleet-local\.fifo; allow it/,
  ],
  [
    'a right that is denied again',
    roleIsEnough,
    (t) => statements(t).push({ Effect: 'Deny', Action: 's3:GetObject', Resource: bucketOf(t) }),
    /got no right to s3:GetObject on arn:aws:s3:::\S+; allow it/,
  ],
  [
    'a queue that nobody reads',
    roleIsEnough,
    (t) => (container(t)['ContainerDefinitions'][0].Environment = []),
    /^expected containers or a function that read the queue of mail, got none; add them/,
  ],
];

const bucketOf = (template: Template) => statement(template, 'UseItsFiles')['Resource'];

it.each(CASES)('tells of %s, by one rule and no other', async (_what, rule, edit, finding) => {
  const edited = readTemplate(JSON.parse(JSON.stringify(await healthy.template())));
  edit(edited);
  const subject = { ...healthy, template: async () => edited };
  const found: [Rule, readonly string[]][] = [];
  for (const reader of READERS) found.push([reader, await reader.check(subject)]);
  expect(found.filter(([, problems]) => problems.length > 0).map(([one]) => one)).toEqual([rule]);
  for (const problem of found.flatMap(([, problems]) => problems)) expect(problem).toMatch(finding);
});
