export const BROKER_STATES = ['running', 'stopping', 'stopped', 'starting'] as const;

export type BrokerState = (typeof BROKER_STATES)[number];

/** The emulator of SNS, SQS and S3, which the demonstration may stop and start: nothing that a web application could do. */
export interface Broker {
  readonly state: () => BrokerState;
  /** Asks for it; the state tells what becomes of it. */
  readonly ask: (wanted: 'running' | 'stopped') => void;
}
