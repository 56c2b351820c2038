import { z } from 'zod';
import { instant } from './task.ts';

const count = z.int().nonnegative();

/** A process of a worker, by its last heartbeat. */
const processSchema = z
  .object({
    id: z.string(),
    worker: z.string(),
    lost: z.boolean().describe('It has not been heard for too long.'),
    state: z.enum(['running', 'paused', 'stopping']),
    host: z.string(),
    pid: count,
    toolbox: z.string().describe("The toolbox's version."),
    node: z.string().describe("Node's version."),
    startedAt: instant,
    beatAt: instant.describe("Milliseconds since 1970, by the process's own clock."),
    intervalSeconds: z.number().describe('Between two heartbeats.'),
    leaseSeconds: z.number(),
    revision: count.describe('Of what its worker is told, as far as it has heard.'),
    concurrency: count,
    running: count.describe('Tasks that run; `tasks` may have fewer.'),
    tasks: z.array(z.object({ id: z.string(), task: z.string(), startedAt: instant })),
    processed: count.describe('Attempts that have ended since the start, however.'),
    failed: count,
    retried: count,
    rssBytes: count,
    lagMs: z.number().describe('By which timers came late lately: the 99th percentile.'),
  })
  .meta({ id: 'WorkerProcess' });

/** Who wants something, and since when. */
const order = { by: z.string(), at: instant };

const wantedSchema = z.object({
  paused: z.object({ value: z.boolean(), ...order }).optional(),
  concurrency: z.object({ value: z.int(), ...order }).optional(),
  shutdown: z
    .object({ revision: z.int(), ...order })
    .optional()
    .describe('Processes that began with an earlier revision are to end.'),
});

const limitsSchema = z.object({
  timeLimitMs: z.int().optional(),
  softTimeLimitMs: z.int().optional(),
  rateLimitMs: z.number().optional().describe('Between the starts of two attempts.'),
  ...order,
});

export const workerSchema = z
  .object({
    name: z.string(),
    compute: z.enum(['fargate', 'lambda']).describe('On Lambda there are no processes to be told.'),
    wanted: z
      .object({
        revision: z.int(),
        all: wantedSchema.describe('Of all processes, those that start later included.'),
        processes: z.record(z.string(), wantedSchema).describe('Of single ones, by their ids.'),
        limits: z.record(z.string(), limitsSchema).describe('By the names of tasks.'),
      })
      .describe('What the worker is told.'),
    processes: z.array(processSchema),
  })
  .meta({ id: 'Worker' });
