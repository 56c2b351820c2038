import {
  artifactRef,
  defineFleet,
  defineTask,
  defineWorker,
  periodic,
  secret,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** An export of a project, whose form has a field of every kind. */
export const exportProject = defineTask('exports.project', {
  input: z.strictObject({
    organization: z.string().min(2).describe('as in its address'),
    format: z.enum(['xlsx', 'shapefile', 'all']).default('xlsx'),
    pages: z.int().min(1).max(500).default(20),
    photos: z.boolean().default(false),
    layers: z.array(z.strictObject({ name: z.string(), epsg: z.int() })).default([]),
    recipient: z.email().optional(),
    password: secret(z.string()).optional(),
  }),
  output: z.object({ pages: z.int(), archive: artifactRef }),
  retry: { maxAttempts: 1 },
  timeLimit: '10m',
});

/** An export of everything: its parts are a family. */
export const exportAll = defineTask('exports.all', {
  input: z.strictObject({ organization: z.string(), isSlow: z.boolean().default(false) }),
  output: z.object({ parts: z.int() }),
});

/** Rows of a file; a broken one fails. */
export const importRows = defineTask('exports.rows', {
  input: z.strictObject({ file: z.string() }),
  output: z.object({ rows: z.int() }),
  retry: { maxAttempts: 2, backoff: { initial: '10ms', jitter: false } },
});

export const sendMail = defineTask('mail.send', {
  input: z.strictObject({ to: z.email(), subject: z.string() }),
  output: z.object({ accepted: z.boolean() }),
});

/** What the first version of the worker does not know yet. */
export const sendDigest = defineTask('mail.digest', {
  input: z.strictObject({ to: z.email() }),
  output: z.object({ letters: z.int() }),
});

export const exportsWorker = defineWorker('exports', {
  tasks: [exportProject, exportAll, importRows],
  concurrency: 4,
});

/** As it was before there were digests. */
export const earlyMailWorker = defineWorker('mail', { tasks: [sendMail] });

export const mailWorker = defineWorker('mail', { tasks: [sendMail, sendDigest] });

const nightly = periodic('nightly-export', {
  cron: '30 3 * * *',
  timeZone: 'Europe/Berlin',
  task: exportAll,
  input: { organization: 'cadasta' },
  creator: 'timetable',
});

const weekly = periodic('weekly-mail', {
  cron: '0 7 * * 1',
  task: sendMail,
  input: { to: 'team@example.org', subject: 'The week' },
});

export const browserFleet = defineFleet([exportsWorker, mailWorker], {
  periodic: [nightly, weekly],
});
