import type { Told } from '../../signals/index.ts';
import { span } from './age.ts';

/** A long poll (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html, WaitTimeSeconds). */
const LONGEST_POLL = '20 s';

/** What an order will do, and when: one line for whoever gave it. `process` is the only one that is meant. */
export function describeOrder(told: Told, process: string | undefined): string {
  const { worker, processes } = told;
  const heard = processes.filter(({ lost }) => !lost);
  const within = Math.max(...heard.map(({ intervalSeconds }) => intervalSeconds));
  const whom = process ?? `${worker} (${count(heard.length, 'process')})`;
  const when = heard.length === 0 ? 'as soon as a process is there' : `within ${within} s`;
  const silent = processes.length - heard.length;
  const note = silent === 0 ? '' : `; ${count(silent, 'lost process')} cannot hear it`;
  return `${whom}: ${when} ${effect(told, process !== undefined)}${note}`;
}

function effect({ worker, order }: Told, isForOne: boolean): string {
  const back = `taskfleet control resume ${worker}`;
  switch (order.kind) {
    case 'pause':
      return (
        `begins nothing new once the poll under way has ended (at most ${LONGEST_POLL}); what runs goes on` +
        (isForOne
          ? `; ${back} ends it`
          : `, and processes that start later are paused too; ${back} ends it`)
      );
    case 'resume':
      return 'receives again';
    case 'shutdown':
      return 'stops in order and exits with 0; ECS or npm start starts another in its place';
    case 'concurrency': {
      const { concurrency } = order;
      const number =
        concurrency === undefined
          ? 'as many tasks as its contract says'
          : count(concurrency, 'task');
      return `runs ${number} at the same time; what runs beyond that goes on`;
    }
    case 'limits':
      return `gives new attempts of ${order.task} ${limits(order)}`;
    case 'rate':
      return `begins an attempt of ${order.task} ${rate(order.rateLimitMs)}`;
  }
}

function limits({
  timeLimitMs,
  softTimeLimitMs,
}: Extract<Told['order'], { kind: 'limits' }>): string {
  const parts = [
    ...(timeLimitMs === undefined ? [] : [`the time limit ${span(timeLimitMs)}`]),
    ...(softTimeLimitMs === undefined ? [] : [`the soft limit ${span(softTimeLimitMs)}`]),
  ];
  return parts.length === 0 ? "its contract's time limits" : parts.join(' and ');
}

function rate(everyMs: number | undefined): string {
  if (everyMs === undefined) return 'as often as its contract says';
  return `every ${span(everyMs)} at most, in all processes together`;
}

function count(many: number, what: string): string {
  const plural = what.endsWith('s') ? `${what}es` : `${what}s`;
  return `${many} ${many === 1 ? what : plural}`;
}
