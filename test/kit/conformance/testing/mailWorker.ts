import { setTimeout as delay } from 'node:timers/promises';
import {
  artifactRef,
  defineTask,
  defineWorker,
  type Handlers,
  implement,
  secret,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import type { TestFleet } from '../../index.ts';
import type { Samples } from '../index.ts';

export const send = defineTask('mail.send', {
  input: z.object({ to: z.string(), password: secret(z.string()) }),
  output: z.object({ sent: z.string() }),
  group: ({ to }) => to,
});

export const archive = defineTask('mail.archive', {
  input: z.object({ text: z.string(), file: artifactRef }),
  output: z.object({ copy: artifactRef }),
});

export const mailWorker = defineWorker('mail', { tasks: [send, archive] });

type MailHandlers = Handlers<typeof mailWorker>;

const FILE = 'artifact:uploads/letter.txt' as const;

/** Do a little of everything that a handler may do, and all of it well. */
export const handlers: MailHandlers = {
  'mail.send': async ({ to, password }, { schedule, log, progress, signal }) => {
    log.info('logging in', { password });
    progress(0.5, `with ${password}`);
    await delay(1, undefined, { signal });
    await schedule(archive, { text: to, file: FILE });
    return { sent: to };
  },
  'mail.archive': async ({ text, file }, { artifacts, signal }) => {
    const body = await artifacts.read(file);
    signal.throwIfAborted();
    return { copy: await artifacts.write(`${text}.txt`, body, 'text/plain') };
  },
};

/** A worker that holds every rule, but for what the handlers given break. */
export function mailWith(others: Partial<MailHandlers>) {
  return implement(mailWorker, { ...handlers, ...others });
}

export const samples = {
  'mail.send': { to: 'ada', password: 'correct horse' },
  'mail.archive': async ({ access }: Pick<TestFleet, 'access'>) => {
    const body = new TextEncoder().encode('Dear Ada');
    await access.put({ key: 'uploads/letter.txt', body, contentType: 'text/plain' });
    return { text: 'letter', file: FILE };
  },
} as const satisfies Samples<typeof mailWorker>;
