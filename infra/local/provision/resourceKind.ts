import type { Clients } from '@taskfleet/toolbox/aws';
import type { z } from 'zod';
import { ProvisionError } from '../../errors.ts';
import { describeIssues } from './describeIssues.ts';

/** What every kind may use. */
export interface ProvisionContext {
  readonly clients: Clients;
  readonly stackName: string;
}

/** What a resource answers to `Ref` and `Fn::GetAtt`. */
export interface Provisioned {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** One resource of a template, its properties known to be supported. */
export interface Resource<Properties> {
  readonly logicalId: string;
  readonly properties: Properties;
}

interface KindOptions<Shape extends z.ZodRawShape> {
  /** Such as `AWS::SQS::Queue`. */
  readonly type: string;
  /** The properties that are applied; strict all the way down, so that nothing is skipped unseen. */
  readonly schema: z.ZodObject<Shape>;
  /** Properties that are left out on purpose, and why. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** Makes the emulator have the resource as it is wanted, whatever it has now. */
  readonly apply: (
    resource: Resource<z.output<z.ZodObject<Shape>>>,
    context: ProvisionContext,
  ) => Promise<Provisioned>;
}

/** How one type of resource is put on an emulator. */
export interface ResourceKind {
  readonly type: string;
  /** The properties that will be applied. Throws ProvisionError for one that is neither applied nor left out on purpose. */
  select(resource: Resource<Readonly<Record<string, unknown>>>): Readonly<Record<string, unknown>>;
  /** @param resource selected properties, with intrinsic functions resolved */
  apply(resource: Resource<unknown>, context: ProvisionContext): Promise<Provisioned>;
}

export function resourceKind<Shape extends z.ZodRawShape>(
  options: KindOptions<Shape>,
): ResourceKind {
  const { type, schema, leftOut = {} } = options;
  return {
    type,
    select({ logicalId, properties }) {
      const names = Object.keys(properties);
      const unknown = names.filter((name) => !(name in leftOut) && !(name in schema.shape));
      if (unknown.length > 0) throw unsupported(type, logicalId, unknown);
      const entries = Object.entries(properties).filter(([name]) => !(name in leftOut));
      return Object.fromEntries(entries);
    },
    async apply({ logicalId, properties }, context) {
      const parsed = schema.safeParse(properties);
      if (parsed.success) return options.apply({ logicalId, properties: parsed.data }, context);
      throw new ProvisionError(`${type} ${logicalId}: ${describeIssues(parsed.error)}`);
    },
  };
}

function unsupported(type: string, logicalId: string, names: readonly string[]): ProvisionError {
  const problems = names.map((name) => `${name} is not supported on the local emulators`);
  return new ProvisionError(`${type} ${logicalId}: ${problems.join('; ')}`);
}
