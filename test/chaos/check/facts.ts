import type { SideLogLine } from '../fleet/sideLog.ts';

/** Everything that is known of a run once it is over. What is checked depends on nothing else. */
export interface Facts {
  readonly leaseMs: number;
  readonly maxAttempts: number;
  readonly asked: readonly AskedTask[];
  /** What stood in the results, whenever it was seen to have changed, in the order of time. */
  readonly seen: readonly SeenResult[];
  /** Ids whose definition is there and says what was asked for. */
  readonly defined: ReadonlySet<string>;
  readonly queues: readonly QueueDepth[];
  readonly deadLetters: readonly DeadLetter[];
  readonly sideLog: readonly SideLogLine[];
  readonly lives: readonly Life[];
  readonly flows: readonly FlowFact[];
  readonly firings: Firings;
  readonly derived: readonly DerivedId[];
}

/** What the scheduler asked for. */
export interface Asked {
  readonly tasks: readonly AskedTask[];
  readonly flows: readonly AskedFlow[];
}

/** A call of `schedule()`. */
export interface AskedTask {
  readonly id: string;
  /** `rejected`: nothing is promised; it may run all the same, by the same rules. */
  readonly answer: 'acknowledged' | 'rejected';
  readonly task: string;
  readonly n: number;
  readonly group?: string | undefined;
  /** Place in the group, in the order of the calls. */
  readonly sequence?: number | undefined;
  /** Milliseconds since 1970, of a deferred task. */
  readonly notBefore?: number | undefined;
}

/** A call of `start()`: members one after the other, a group of them, and a callback. */
export interface AskedFlow {
  readonly id: string;
  readonly answer: AskedTask['answer'];
  /** Of its callback and of what follows from its failure, and of no other flow's. */
  readonly n: number;
  readonly failure: 'failFast' | 'allSettled';
  /** Members one after the other, before the group. */
  readonly links: number;
  /** Of the group. */
  readonly size: number;
}

/** What became of a flow. */
export interface FlowFact extends AskedFlow {
  /** undefined for one that is not there. */
  readonly state: string | undefined;
  /** Whether it is the callback that failed. */
  readonly isByCallback: boolean;
  readonly members: readonly MemberFact[];
}

export interface MemberFact {
  readonly id: string;
  readonly task: string;
  readonly n: number;
  /** Members of a stage run side by side; the group is the last one. */
  readonly stage: number;
  readonly index: number;
}

/** Of the lab's periodic task. Times in milliseconds since 1970. */
export interface Firings {
  readonly everyMs: number;
  /** Every firing up to here was to be made. */
  readonly until: number;
  /** Those that began, by the times of which their records say that they are. */
  readonly ran: readonly { readonly id: string; readonly at: number | undefined }[];
}

/** A task whose id is to follow from what it is. */
export interface DerivedId {
  readonly id: string;
  readonly expected: string;
  /** What it follows from, for people. */
  readonly from: string;
}

/** What the record of a task's result said at a time. */
export interface SeenResult {
  readonly id: string;
  readonly state: string;
  readonly attempt: number;
  readonly token: number;
  readonly holder: string;
  readonly finishedAt?: number | undefined;
  /** Milliseconds since 1970, when it was seen. */
  readonly at: number;
}

export interface QueueDepth {
  readonly queue: string;
  readonly depth: number;
}

export interface DeadLetter {
  readonly queue: string;
  /** Of the task in it; undefined when no id can be read. */
  readonly id: string | undefined;
  readonly reason: string | undefined;
}

/** A process from its start to its end, and when it stood still in between. Times in milliseconds since 1970. */
export interface Life {
  readonly name: string;
  pid: number;
  readonly startedAt: number;
  /** When it said that it was up. */
  upAt?: number;
  endedAt?: number;
  /** `exit code 0`, or the name of the signal that it died of. */
  endedBy?: string;
  readonly suspensions: { readonly from: number; until?: number }[];
  stop?: Stop;
}

/** SIGTERM to a process. Times in milliseconds since 1970. */
export interface Stop {
  readonly at: number;
  /** SIGTERMs in all: a second one is to end the process at once. */
  signals: number;
  /** It had not ended when it should have, and was killed. */
  isOverdue: boolean;
}

/** What went against a promise. */
export interface Violation {
  readonly promise: string;
  readonly what: string;
}

export type Check = (facts: Facts) => Violation[];
