import { ProvisionError } from '../../errors.ts';
import type { Scope } from './resolve.ts';
import type { Provisioned } from './resourceKind.ts';
import type { Template } from './template.ts';

/** Where every emulator stands; clients that sign for another region would see empty ones. */
export const LOCAL_REGION = 'us-east-1';

/** The account that every emulator plays. */
export const LOCAL_ACCOUNT = '000000000000';

/** What has been provisioned so far, as references name it. */
export class ProvisionedStack implements Scope {
  readonly #provisioned = new Map<string, Provisioned>();
  readonly #pseudoParameters: ReadonlyMap<string, string>;
  readonly #resources: Template['Resources'];

  constructor(stackName: string, { Resources }: Template) {
    this.#resources = Resources;
    this.#pseudoParameters = new Map([
      ['AWS::AccountId', LOCAL_ACCOUNT],
      ['AWS::Partition', 'aws'],
      ['AWS::Region', LOCAL_REGION],
      ['AWS::StackName', stackName],
      ['AWS::URLSuffix', 'amazonaws.com'],
    ]);
  }

  add(logicalId: string, provisioned: Provisioned): void {
    this.#provisioned.set(logicalId, provisioned);
  }

  readonly ref = (name: string): string => {
    return this.#pseudoParameters.get(name) ?? this.#find(name).ref;
  };

  readonly attribute = (logicalId: string, attribute: string): string => {
    const { attributes } = this.#find(logicalId);
    const value = attributes[attribute];
    if (value !== undefined) return value;
    const known = Object.keys(attributes).join(', ');
    throw new ProvisionError(`expected an attribute of ${logicalId} (${known}), got ${attribute}`);
  };

  #find(logicalId: string): Provisioned {
    const provisioned = this.#provisioned.get(logicalId);
    if (provisioned) return provisioned;
    const type = this.#resources[logicalId]?.Type;
    if (type === undefined) throw new ProvisionError(`the template has no "${logicalId}"`);
    throw new ProvisionError(`${logicalId} is a ${type}, which does not exist on the emulators`);
  }
}
