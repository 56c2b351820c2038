import type { OptionRule, OptionRules } from './compareOptions.ts';

/** A function of the input, such as `group`, of which there is the digest of its text. */
function keyRule(added: ReturnType<OptionRule>, removed: ReturnType<OptionRule>): OptionRule {
  return (was, is) => {
    if (was === null) return { what: 'it was added', ...added };
    if (is === null) return { what: 'it was removed', ...removed };
    return {
      verdict: 'unjudged',
      what: 'the text of its function has changed',
      consequence:
        'where it gives another key, tasks of before and after have nothing to do with each other',
      advice: 'Compare both versions by hand',
    };
  };
}

/** A limit that may only become wider without anybody noticing. */
function limitRule(narrower: string, advice: string): OptionRule {
  return (was, is) => {
    const isNarrower = is !== null && (was === null || Number(is) < Number(was));
    return isNarrower
      ? { verdict: 'careful', consequence: narrower, advice }
      : { verdict: 'compatible' };
  };
}

const order: OptionRule = keyRule(
  {
    verdict: 'careful',
    consequence: 'tasks that were scheduled before it are in no order with those after it',
    advice: 'Let the queue run empty between the two, where the order matters from the start',
  },
  {
    verdict: 'breaking',
    consequence: 'tasks that ran one at a time and in order run side by side',
    advice: 'Make a new task name for those that need no order',
  },
);

const places: OptionRule = keyRule(
  {
    verdict: 'careful',
    consequence: 'tasks that were scheduled before it are not counted',
    advice: 'Let the queue run empty between the two, where the limit has to hold from the start',
  },
  {
    verdict: 'careful',
    consequence: 'nothing limits how many run at a time',
    advice: 'See that what the handler asks can take that',
  },
);

const uniqueness: OptionRule = keyRule(
  {
    verdict: 'careful',
    consequence: 'scheduling it twice gives one task, and whoever schedules has to expect that',
    advice: 'Deploy all that schedules it together',
  },
  {
    verdict: 'careful',
    consequence: 'scheduling it twice makes two tasks',
    advice: 'See that the handler can take that',
  },
);

const attempts = limitRule(
  'tasks that have used more attempts fail, and calls that ask for more are refused',
  'Lower the calls first',
);

const time = limitRule(
  'attempts that take longer are ended, and calls that ask for more are refused',
  'Look in taskfleet stats how long it takes',
);

/** Of each task. */
export const TASK_RULES: OptionRules = {
  group: order,
  'concurrency.key': places,
  'concurrency.limit': limitRule(
    'until what waits has run, tasks of before are counted by the limit of before',
    'Let the queue run empty between the two, where the limit has to hold from the start',
  ),
  unique: uniqueness,
  'retry.maxAttempts': attempts,
  timeLimitMs: time,
  softTimeLimitMs: time,
  retentionMs: limitRule(
    'records go sooner than whoever reads them may expect',
    'See that all have read them by then',
  ),
  priority: (was, is) => {
    if (is === null) {
      return {
        verdict: 'breaking',
        consequence: 'calls that ask for one are refused, and those in schedules may never run',
        advice: 'Take it out of the calls first, and wait until none is in schedules',
      };
    }
    if (was !== null) return { verdict: 'compatible' };
    return {
      verdict: 'careful',
      consequence: 'until the stack has its queues, nothing takes what is not normal',
      advice: 'Deploy the stack before anything schedules it with a priority',
    };
  },
};

/** Of each worker. */
export const WORKER_RULES: OptionRules = {
  queues: (was, is) => {
    const [before, after] = [namesOf(was), namesOf(is)];
    const gone = before.filter((name) => !after.includes(name));
    const what = `they were ${before.join(', ')}, are ${after.join(', ')}`;
    return gone.length > 0
      ? {
          verdict: 'breaking',
          what,
          consequence: `what waits in ${gone.join(' and ')} goes with it`,
          advice: 'Schedule nothing for them first, and remove them when they are empty',
        }
      : {
          verdict: 'careful',
          what,
          consequence: 'until the stack has the new ones, nothing takes what is sent to them',
          advice: 'Deploy the stack before anything schedules to them',
        };
  },
  'compute.kind': () => ({
    verdict: 'careful',
    consequence: 'the queues change with what polls them',
    advice: 'Deploy it by itself, and look at taskfleet doctor after it',
  }),
};

function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
