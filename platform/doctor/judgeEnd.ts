import { type Check, type Finding, kept } from '@taskfleet/toolbox/conformance/stage';
import type { TaskfleetError, TaskRecord, Worker } from '@taskfleet/toolbox/contract';

export interface EndToJudge {
  readonly worker: Worker;
  readonly record: TaskRecord;
  /** From before its scheduling until its end was seen. */
  readonly tookMs: number;
}

const rule = 'answers';

/** What the end of a ping says of its worker. Pure. */
export function judgeEnd({ worker, record, tookMs }: EndToJudge): Check[] {
  const subject = `ping of ${worker.name}`;
  if (record.state !== 'succeeded') return [badEnd(worker, record)];
  const answer = worker.ping.output.safeParse(record.output);
  if (!answer.success) {
    const cause = `its answer has another form: ${JSON.stringify(record.output)}`;
    return [{ subject, rule, verdict: 'error', cause, mend: deploy(worker) }];
  }
  const note = `${Math.round(tookMs)} ms, Node ${answer.data.node}`;
  return [kept(subject, rule, note), checkTasks(worker, answer.data.tasks)];
}

/** A worker of another version handles other tasks. Those that it lacks would be dead letters. */
function checkTasks(worker: Worker, handled: readonly string[]): Check {
  const subject = `ping of ${worker.name}`;
  const declared = worker.tasks.map((task) => String(task.name));
  const missing = declared.filter((name) => !handled.includes(name));
  const surplus = handled.filter((name) => !declared.includes(name));
  const is = { subject, rule: 'handles the declared tasks' };
  if (missing.length > 0) {
    const cause = `it does not know ${missing.join(', ')}: it is older than its contract`;
    return { ...is, verdict: 'error', cause, mend: deploy(worker) };
  }
  if (surplus.length === 0) return kept(subject, is.rule);
  const cause = `it also handles ${surplus.join(', ')}: it is newer than these contracts, or older than a removal`;
  return {
    ...is,
    verdict: 'warning',
    cause,
    mend: `take the contracts of the stage, or ${deploy(worker)}`,
  };
}

function badEnd(worker: Worker, { id, state, error }: TaskRecord): Finding {
  const why = error === undefined ? '' : `: ${error.message}`;
  const mend =
    state === 'dead'
      ? `${deploy(worker)}; then taskfleet dead purge ${id}`
      : `taskfleet status ${id} has its attempts`;
  const cause = `its ping is ${state}${why}`;
  return { subject: `ping of ${worker.name}`, rule, verdict: 'error', cause, mend };
}

function deploy({ name }: Worker): string {
  return `deploy the worker ${name} as it is here`;
}

/** Of a ping that the topic did not take, or whose record could not be read. */
export function cutShort({ name }: Worker, error: TaskfleetError): Finding {
  return {
    subject: `ping of ${name}`,
    rule,
    verdict: 'error',
    cause: error.message,
    mend: 'mend what is found of topic and table first; may these credentials publish and read?',
  };
}
