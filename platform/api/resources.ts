import type { Routes } from './routes.ts';
import { artifacts } from './routes/artifacts.ts';
import { audit } from './routes/audit.ts';
import { availability } from './routes/availability.ts';
import { cancel, cancelFamily } from './routes/cancel.ts';
import { contracts } from './routes/contracts.ts';
import { purging, redriving } from './routes/deadLetterActions.ts';
import { deadLetters } from './routes/deadLetters.ts';
import { events } from './routes/events.ts';
import { families } from './routes/families.ts';
import { health } from './routes/health.ts';
import { keys } from './routes/keys.ts';
import { me } from './routes/me.ts';
import { metrics } from './routes/metrics.ts';
import { orders } from './routes/orders.ts';
import { changingPeriodic, periodic } from './routes/periodic.ts';
import { pausingPeriodic, runningPeriodic } from './routes/periodicActions.ts';
import { purgingQueue, queues } from './routes/queues.ts';
import { reschedule } from './routes/reschedule.ts';
import { retry } from './routes/retry.ts';
import { signIn } from './routes/signIn.ts';
import { statistics } from './routes/statistics.ts';
import { taskLog } from './routes/taskLog.ts';
import { taskOutput } from './routes/taskOutput.ts';
import { scheduling, tasks } from './routes/tasks.ts';
import { tokens } from './routes/tokens.ts';
import { workers } from './routes/workers.ts';

/** Everything that the API answers. */
export const resources: readonly Routes[] = [
  health,
  signIn,
  me,
  contracts,
  availability,
  scheduling,
  tasks,
  cancel,
  cancelFamily,
  retry,
  reschedule,
  taskOutput,
  taskLog,
  artifacts,
  families,
  events,
  workers,
  orders,
  queues,
  purgingQueue,
  deadLetters,
  redriving,
  purging,
  periodic,
  changingPeriodic,
  pausingPeriodic,
  runningPeriodic,
  statistics,
  metrics,
  keys,
  tokens,
  audit,
];
