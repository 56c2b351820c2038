/**
 * `npm run bench:recovery`: a worker is killed with SIGKILL while it runs tasks; how long until another runs them again.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { serviceEnvironment } from '@taskfleet/infra/local';
import { z } from 'zod';
import { laneFleet, step } from '../fixtures/laneFleet.ts';
import { clientsOf, schedulerOn } from '../fixtures/startParts.ts';
import { inheritedEnvironment } from '../../infra/local/supervise/inheritedEnvironment.ts';
import { endpointVariables } from '../../infra/local/services.ts';
import { quantile } from './quantile.ts';
import { startEmulators } from './startEmulators.ts';

const ROUNDS = 5;
const TASKS = 20;
/** Longer than it takes to kill the worker in the middle. */
const TASK_MS = 3_000;

const startedLine = z.object({
  event: z.literal('task.started'),
  id: z.string(),
  attempt: z.int(),
});

const emulators = await startEmulators(laneFleet);
const seconds: number[] = [];
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    seconds.push(...(await recover()));
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
} finally {
  await emulators.stop();
}
const [p50, most] = [0.5, 1].map((q) => quantile(seconds, q).toFixed(1));
process.stdout.write(
  `${seconds.length} running tasks of killed workers, lease at its default: running again after ${p50} s (median), ${most} s (longest)\n`,
);

/** Seconds from the kill until each task that was running runs again. */
async function recover(): Promise<number[]> {
  const clients = clientsOf(emulators.stack);
  const { schedule } = schedulerOn(emulators.stack, clients);
  const began = new Map<string, number>();
  const victim = startWorker((id) => began.set(id, performance.now()));
  const group = (i: number) => `${process.pid}-${performance.now()}-${i}`;
  const asked = Array.from({ length: TASKS }, async (_, i) =>
    schedule(step, { group: group(i), ms: TASK_MS, failures: 0 }),
  );
  await Promise.all(asked);
  while (began.size < TASKS) await new Promise((resolve) => setTimeout(resolve, 20));
  const running = new Set(began.keys());
  const killedAt = performance.now();
  victim.kill('SIGKILL');
  const again = new Map<string, number>();
  const heir = startWorker((id) => {
    if (running.has(id)) again.set(id, (performance.now() - killedAt) / 1_000);
  });
  while (again.size < running.size) await new Promise((resolve) => setTimeout(resolve, 20));
  heir.kill('SIGTERM');
  await once(heir, 'exit');
  return [...again.values()];
}

function startWorker(onStarted: (id: string) => void): ChildProcess {
  const { endpoints, outputs } = emulators.stack;
  const worker = spawn(
    process.execPath,
    [join(import.meta.dirname, '..', 'fixtures', 'laneWorker.main.ts')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...inheritedEnvironment(process.env),
        ...serviceEnvironment({ stage: LOCAL_STAGE, outputs, service: 'lane' }),
        ...endpointVariables(endpoints),
        TASKFLEET_POLL_SECONDS: '1',
      },
    },
  );
  createInterface({ input: worker.stdout }).on('line', (line) => {
    const started = startedLine.safeParse(JSON.parse(line));
    if (started.success) onStarted(started.data.id);
  });
  return worker;
}
