import type {
  ArtifactRef,
  Json,
  LinkOptions,
  ReadOptions,
  TaskContext,
  TaskId,
  TraceContext,
} from '../../contract/index.ts';
import type { PlannedFlow } from '../../canvas/index.ts';
import type { LogLevel } from '../../log/index.ts';
import type { Prepared } from '../../schedule/index.ts';
import type { WireError } from './wireError.ts';

/** What a handler's context says by itself, without asking anybody. */
export interface ContextFacts extends Pick<
  TaskContext,
  'id' | 'attempt' | 'snoozes' | 'idempotencyKey' | 'creator' | 'subject' | 'deadlineAt'
> {
  readonly root: TaskId;
}

/** What only the main thread can do, because it has the connections. */
export type Ask =
  | { readonly what: 'publish'; readonly prepared: Prepared }
  | { readonly what: 'output'; readonly id: TaskId; readonly timeoutMs: number }
  | { readonly what: 'start'; readonly planned: PlannedFlow }
  | { readonly what: 'read'; readonly ref: ArtifactRef; readonly options?: ReadOptions | undefined }
  | {
      readonly what: 'write';
      readonly name: string;
      readonly body: Uint8Array;
      readonly contentType: string;
    }
  | { readonly what: 'find'; readonly ref: ArtifactRef }
  | { readonly what: 'remove'; readonly refs: readonly ArtifactRef[] }
  | { readonly what: 'link'; readonly ref: ArtifactRef; readonly options?: LinkOptions | undefined }
  | FileAsk;

/** What goes bit by bit: something is opened and has a number, and is closed in the end. */
export type FileAsk =
  | { readonly what: 'stream'; readonly ref: ArtifactRef }
  | { readonly what: 'list'; readonly folder: ArtifactRef }
  /** Answered with undefined at the end. */
  | { readonly what: 'next'; readonly source: number }
  | { readonly what: 'close'; readonly source: number }
  | { readonly what: 'begin'; readonly name: string; readonly contentType: string }
  /** Answered when there is room for more. */
  | { readonly what: 'append'; readonly upload: number; readonly bytes: Uint8Array }
  | { readonly what: 'finish'; readonly upload: number }
  | { readonly what: 'discard'; readonly upload: number };

/** `run` counts a thread's runs: what is said of an earlier one concerns nobody. */
interface OfRun {
  readonly run: number;
}

export type ToThread = OfRun &
  (
    | {
        readonly kind: 'begin';
        readonly task: string;
        /** The input is a list. */
        readonly each: true | undefined;
        readonly input: Json | undefined;
        readonly facts: ContextFacts;
        /** Of the attempt's span. */
        readonly trace: TraceContext | undefined;
      }
    | { readonly kind: 'abort'; readonly reason: WireError }
    | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
    | { readonly kind: 'refusal'; readonly call: number; readonly error: WireError }
  );

export type OfThreadRun =
  | {
      readonly kind: 'logged';
      readonly level: LogLevel;
      readonly message: string;
      readonly fields: Readonly<Record<string, unknown>> | undefined;
    }
  | {
      readonly kind: 'progressed';
      readonly fraction: number;
      readonly note: string | undefined;
    }
  | { readonly kind: 'asked'; readonly call: number; readonly ask: Ask }
  /** `heldBytes` is the thread's memory after the run, with garbage that is not collected yet. */
  | { readonly kind: 'returned'; readonly output: string; readonly heldBytes: number }
  | { readonly kind: 'threw'; readonly error: WireError; readonly heldBytes: number };

export type FromThread = { readonly kind: 'ready' } | (OfRun & OfThreadRun);
