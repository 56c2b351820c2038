import { defineTask, defineWorker, fargate, secret } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

const slug = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
    'expected letters, digits, ".", "_" and "-", at most 100',
  );

/** Where a project is, and the right to read it. */
const project = {
  /** The organization's name in addresses of the host application. */
  org: slug,
  /** The project's name in addresses of the host application. */
  project: slug,
  /** Base address of the host's JSON API, such as `https://land.example.org/api`. Its origin has to be in TASKFLEET_EXPORT_SOURCES. */
  source: z
    .url({
      protocol: /^https?$/,
      error: 'expected an address that begins with https:// or http://',
    })
    .refine((text) => !/[@?#]/.test(text), 'expected an address without a user, "?" and "#"'),
  /** What the host takes as `Authorization: Bearer …`: short-lived, and good for nothing but reading this project. */
  token: secret(
    z
      .string()
      .regex(/^[\x21-\x7E]{1,4096}$/, 'expected 1 to 4,096 characters of ASCII without spaces'),
  ),
};

/** `xls`: a workbook. `shp`: shapefiles. `res`: the resource files and a sheet about them. */
const part = z.enum(['xls', 'shp', 'res']);

/** A whole project as one zip: its parts are made side by side, then bundled. */
export const exportProject = defineTask('export.project', {
  input: z.strictObject({ ...project, format: z.enum([...part.options, 'all']) }),
  output: z.object({
    links: z.array(
      z.object({
        /** For people: what is behind it. */
        text: z.string(),
        /** Anybody who has it can download the file, for an hour. */
        url: z.url(),
      }),
    ),
  }),
  // It looks for its parts again and again, for some 40 minutes; in between it holds no place.
  retry: { maxAttempts: 5, maxSnoozes: 94 },
  timeLimit: '1m',
});

/** One part of an export: its files, stored in a folder of their own until they are bundled. */
export const exportPart = defineTask('export.part', {
  input: z.strictObject({
    ...project,
    part,
    /** Which export it is a part of: the first segment of its files' names. */
    folder: slug,
  }),
  output: z.object({
    part,
    /** Rows and resources in it. */
    rows: z.int().nonnegative(),
    files: z.int().nonnegative(),
    /** What had to be left out or changed, for people. */
    notes: z.array(z.string()),
  }),
  retry: { maxAttempts: 4, backoff: { initial: '5s', max: '2m' } },
  timeLimit: '25m',
  // However many exports are asked for, a host is read by six at a time, each with one request at a time.
  concurrency: { key: ({ source }) => new URL(source).origin, limit: 6 },
});

/** The last step: a zip of all that the parts have stored. */
export const exportBundle = defineTask('export.bundle', {
  input: z.strictObject({
    folder: slug,
    project: slug,
    parts: z.array(exportPart.output).min(1),
  }),
  output: exportProject.output,
  retry: { maxAttempts: 4 },
  timeLimit: '15m',
});

const origins = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine(
    (all) => all.every(isOrigin),
    'expected origins such as https://land.example.org, separated by commas',
  );

function isOrigin(text: string): boolean {
  const { protocol, origin } = URL.parse(text) ?? {};
  return /^https?:$/.test(protocol ?? '') && origin === text.replace(/\/$/, '');
}

/** Handlers wait for the network and write to it. A part holds a page of rows and what is on its way to the bucket: at most 300 MB in all. */
export const exportWorker = defineWorker('export', {
  tasks: [exportProject, exportPart, exportBundle],
  concurrency: 4,
  settings: {
    sources: {
      variable: 'TASKFLEET_EXPORT_SOURCES',
      meaning: 'origins of host applications, and of where their resources lie, that may be read',
      schema: origins.default([]),
      bounds: 'addresses such as https://land.example.org, separated by commas',
      otherwise: 'this machine alone',
    },
  },
  compute: fargate({ cpu: 512, memory: 1_024, internet: [443] }),
});
