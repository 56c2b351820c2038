import type { StackOutputs } from '@taskfleet/infra/local';
import type { Endpoints } from '@taskfleet/toolbox/aws';
import type { RanTask } from '../fixtures/runThumbnail.ts';
import type { AskAws } from './askAws.ts';
import type { Assembly } from './assembly.ts';
import type { Cdk } from './cdk.ts';
import type { Sight } from './checks/seeStack.ts';
import type { PhysicalIds } from './template/fillIn.ts';
import type { SeenDoctor } from './seeDoctor.ts';
import type { Tell } from './tell.ts';

export interface RehearsalOptions {
  readonly cdk: Cdk;
  /** Of somebody who has not logged in. */
  readonly loggedOut: Cdk;
  readonly ask: AskAws;
  readonly endpoints: Endpoints;
  readonly inherited: Readonly<Record<string, string>>;
  /** For everything that is written. */
  readonly folder: string;
  readonly tell: Tell;
}

/** One of the stages that are rehearsed. */
export interface Stage {
  readonly name: string;
  /** What `cdk synth` is given besides. */
  readonly arguments: readonly string[];
}

/** A stage that has been deployed, and what is really there. */
export interface DeployedStage {
  readonly stage: Stage;
  readonly assembly: Assembly;
  readonly outputs: StackOutputs;
  readonly physicalIds: PhysicalIds;
  readonly sight: Sight;
}

/** What a stage was seen to do between its deployment and its end. */
export interface Used {
  /** What this run made, because the emulator had not. */
  readonly made?: readonly string[];
  /** What ran on it. */
  readonly task?: RanTask;
  /** What `taskfleet doctor` found. */
  readonly doctor?: SeenDoctor;
  /** What was compared with what was asked for. */
  readonly checked?: readonly string[];
}

export interface RehearsedStage extends Used {
  readonly stage: string;
  readonly assembly: Pick<Assembly, 'unsupportedTypes' | 'removed' | 'simplified' | 'images'>;
  readonly sight: Sight;
  /** What stays when the stack is destroyed, as the template wants it. */
  readonly retained: readonly string[];
}

/** What the deployments were seen to do. */
export interface Rehearsal {
  readonly refused: readonly string[];
  readonly stages: readonly RehearsedStage[];
}

/** Where a stage is used. Throws DeployError for what does not hold. */
export type UseStage = (
  options: RehearsalOptions & { readonly accountId: string },
  deployed: DeployedStage,
) => Promise<Used>;
