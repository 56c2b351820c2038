import { once } from 'node:events';
import { implement, NonRetryableError, type TaskContext } from '@taskfleet/toolbox/contract';
import { earlyMailWorker, exportProject, exportsWorker, mailWorker } from './contract.ts';

/** An export that runs, and goes on as a test says. */
export interface RunningExport {
  readonly context: TaskContext;
  readonly finish: () => void;
}

/** Exports of projects as they begin, by their organization. */
export class Exports {
  readonly #begun = new Map<string, PromiseWithResolvers<RunningExport>>();

  /** Resolves when the export of that organization runs. */
  async running(organization: string): Promise<RunningExport> {
    return this.#entry(organization).promise;
  }

  begin(organization: string, running: RunningExport): void {
    this.#entry(organization).resolve(running);
  }

  #entry(organization: string): PromiseWithResolvers<RunningExport> {
    const known = this.#begun.get(organization) ?? Promise.withResolvers<RunningExport>();
    this.#begun.set(organization, known);
    return known;
  }
}

/** Organizations whose name begins so are exported at once; others as the test says. */
export const AT_ONCE = 'quick';

export function exportsImplementation(exports: Exports) {
  return implement(exportsWorker, {
    'exports.project': async ({ organization, pages }, context) => {
      if (!organization.startsWith(AT_ONCE)) {
        const finished = Promise.withResolvers<void>();
        exports.begin(organization, { context, finish: finished.resolve });
        await Promise.race([finished.promise, once(context.signal, 'abort')]);
        context.signal.throwIfAborted();
      }
      const rows = new TextEncoder().encode('a,b\n1,2\n');
      const archive = await context.artifacts.write(`${organization}.csv`, rows, 'text/csv');
      return { pages, archive };
    },
    'exports.all': async ({ organization, isSlow }, { schedule }) => {
      const parts = ['parcels', 'people', 'photos'];
      for (const part of parts) {
        const name = `${organization}-${part}`;
        await schedule(exportProject, { organization: isSlow ? name : `${AT_ONCE}-${name}` });
      }
      return { parts: parts.length };
    },
    'exports.rows': ({ file }) => {
      if (file.startsWith('broken')) {
        throw new NonRetryableError(`line 3 of ${file}: expected 7 columns, got 5`);
      }
      return { rows: 1_200 };
    },
  });
}

export const earlyMail = implement(earlyMailWorker, { 'mail.send': () => ({ accepted: true }) });

export const mail = implement(mailWorker, {
  'mail.send': () => ({ accepted: true }),
  'mail.digest': () => ({ letters: 12 }),
});
