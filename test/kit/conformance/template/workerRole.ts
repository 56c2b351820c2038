import {
  FLEET_OUTPUTS,
  idOf,
  PLATFORM,
  queueOutputs,
  resourceOf,
  resourcesOf,
  type Template,
} from '@taskfleet/infra/rules';
import type { Fleet, Worker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import type { Places } from '../access/workerAccess.ts';
import { resolved } from './madeUp.ts';

/** What a worker's process may do, and where. */
export interface WorkerRole {
  /** Statements of the policies that are written for it, as a policy's JSON has them. */
  readonly statements: readonly unknown[];
  /** ARNs of policies of AWS or of somebody else. */
  readonly managedPolicies: readonly string[];
  readonly places: Places;
}

const document = z.looseObject({ Statement: z.array(z.unknown()) });
const policies = z.array(z.looseObject({ PolicyDocument: document })).default([]);
const policy = z.looseObject({ PolicyDocument: document, Roles: z.array(z.unknown()).default([]) });
const arns = z.array(z.string()).default([]);

/** The role with which a worker's containers or functions run; undefined where nothing reads its queue. */
export function workerRole(template: Template, fleet: Fleet, worker: Worker) {
  const { queueUrl } = queueOutputs(worker.name);
  const role = roleOfWhoReads(template, resourceOf({ template }, queueUrl).id);
  const properties = role === undefined ? undefined : template.Resources[role]?.Properties;
  if (role === undefined || !properties) return undefined;
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => resourcesOf({ template }, type))
    .map((found) => policy.parse(found.properties))
    .filter(({ Roles }) => Roles.some((one) => idOf(one) === role));
  const written = [...policies.parse(properties['Policies']), ...attached];
  const read = (value: unknown) => resolved(template, value, role);
  const found: WorkerRole = {
    statements: written.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).map(read),
    managedPolicies: arns.parse(read(properties['ManagedPolicyArns'])),
    places: placesOf(template, fleet, worker),
  };
  return found;
}

const variables = z.looseObject({ TASKFLEET_QUEUE_URL: z.unknown() });
const containers = z.array(
  z.looseObject({
    Environment: z.array(z.looseObject({ Name: z.string(), Value: z.unknown() })).default([]),
  }),
);

function roleOfWhoReads(template: Template, queue: string): string | undefined {
  const tasks = resourcesOf({ template }, 'AWS::ECS::TaskDefinition').map(({ properties }) => ({
    role: properties['TaskRoleArn'],
    urls: containers
      .parse(properties['ContainerDefinitions'])
      .flatMap(({ Environment }) => Environment)
      .filter(({ Name }) => Name === 'TASKFLEET_QUEUE_URL')
      .map(({ Value }) => Value),
  }));
  const functions = resourcesOf({ template }, 'AWS::Lambda::Function').map(({ properties }) => ({
    role: properties['Role'],
    urls: z
      .looseObject({ Variables: variables })
      .array()
      .catch([])
      .parse([properties['Environment']])
      .map(({ Variables }) => Variables.TASKFLEET_QUEUE_URL),
  }));
  const found = [...tasks, ...functions].find(({ urls }) =>
    urls.some((url) => idOf(url) === queue),
  );
  return idOf(found?.role);
}

function placesOf(template: Template, fleet: Fleet, worker: Worker): Places {
  const arnOf = (output: string, attribute = 'Arn') =>
    String(
      resolved(
        template,
        { 'Fn::GetAtt': [resourceOf({ template }, output).id, attribute] },
        output,
      ),
    );
  const queuesOf = (service: string) => {
    const { deadLetterQueueUrl: _dead, ...urls } = queueOutputs(service);
    return Object.values(urls)
      .filter((output) => template.Outputs[output])
      .map((output) => arnOf(output));
  };
  const others = fleet.workers.map(({ name }) => name).filter((name) => name !== worker.name);
  return {
    topic: arnOf(FLEET_OUTPUTS.topicArn, 'TopicArn'),
    table: arnOf(FLEET_OUTPUTS.table),
    bucket: arnOf(FLEET_OUTPUTS.bucket),
    queues: queuesOf(worker.name),
    deadLetterQueue: arnOf(queueOutputs(worker.name).deadLetterQueueUrl),
    othersQueues: [PLATFORM, ...others].flatMap(queuesOf),
  };
}
