/** Which stage is looked at: what mends something differs. */
export interface Place {
  readonly stage: string;
  /** On emulators, where some of AWS has no meaning. */
  readonly isLocal: boolean;
}

/** What sets a resource back to what the template says; `command` does it by hand, for what was changed by hand. */
export function setBack({ stage, isLocal }: Place, command: string): string {
  if (isLocal) return RESTART;
  return (
    `npx cdk deploy -c stage=${stage}, when a contract has changed since the last time; ` +
    `CloudFormation leaves alone what was changed by hand: ${command}`
  );
}

/** What makes a resource that is not there. */
export function makeAgain({ stage, isLocal }: Place): string {
  if (isLocal) return RESTART;
  return (
    `is it the right stage, region and account? Then npx cdk deploy -c stage=${stage}; what was deleted by hand ` +
    'CloudFormation makes again only when its stack is deployed anew'
  );
}

const RESTART = 'stop npm start and start it again: it puts the template on the emulators';

/** What to do where the answer lacks something. */
export const LOOK_YOURSELF = "look at it in AWS's console";
