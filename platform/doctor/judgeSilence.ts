import type { Depth, Finding, Place } from '@taskfleet/toolbox/conformance/stage';
import type { TaskRecord, Worker } from '@taskfleet/toolbox/contract';

export interface SilenceToJudge {
  readonly worker: Worker;
  /** Of the ping, which has not ended. */
  readonly record: TaskRecord;
  /** Of the worker's queue; undefined when that cannot be told. */
  readonly depth: Depth | undefined;
  readonly place: Place;
  readonly timeoutMs: number;
}

/** Why a ping may have had no answer, by where its message is. Pure. */
export function judgeSilence(silence: SilenceToJudge): Finding {
  const { worker, timeoutMs } = silence;
  const { cause, mend } = explain(silence);
  return {
    subject: `ping of ${worker.name}`,
    rule: 'answers',
    verdict: 'error',
    cause: `no answer within ${timeoutMs / 1_000} s: ${cause}`,
    mend,
  };
}

type Explained = Pick<Finding, 'cause' | 'mend'>;

function explain({ worker, record, depth, place }: SilenceToJudge): Explained {
  const log = lookAtLog(worker, place);
  if (record.state !== 'queued') {
    return { cause: `it is ${record.state}, in attempt ${record.attempt}`, mend: log };
  }
  if (!depth) return { cause: 'its queue cannot be looked into', mend: 'mend that first' };
  const { waiting, held } = depth;
  const counts = `its queue has ${waiting} waiting, ${held} held`;
  if (held > 0) {
    const mend = `is there more to do than its processes can (scale.max, concurrency)? Or cannot they claim: ${log}`;
    return { cause: `${counts}: somebody receives, and has not come to it`, mend };
  }
  if (waiting > 0) return { cause: `${counts}: nobody receives`, mend: startIt(worker, log) };
  const mend = 'mend the subscription first; a filter policy takes up to 15 minutes to change';
  return { cause: `${counts}: it has not arrived`, mend };
}

function startIt({ compute }: Worker, log: string): string {
  const fromZero = compute.kind === 'fargate' && compute.scale.min === 0;
  return fromZero
    ? `it scales from zero, which takes minutes: ask again with --timeout 5m; if it does not come, ${log}`
    : `does it run? ${log}`;
}

function lookAtLog({ name }: Worker, { isLocal }: Place): string {
  return isLocal
    ? `look at npm start, and at .taskfleet/logs/${name}.log`
    : `look at the service of ${name}: its desired count, its stopped tasks, its log`;
}
