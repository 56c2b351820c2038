import { request } from '../../api/request.ts';
import type { TaskContract } from '../../api/useContracts.ts';
import { SchemaForm } from '../../form/SchemaForm.tsx';
import type { JsonSchema } from '../../form/schema.ts';
import { notify } from '../../ui/notices.ts';

interface Asked {
  readonly name: string;
  readonly when: string;
  readonly timeZone?: string;
  readonly input: unknown;
}

export interface PeriodicFormProps {
  readonly contract: TaskContract;
  readonly onAdded: () => void;
}

/** When it fires and what its task gets: one form, made of one schema. */
export function PeriodicForm({ contract, onAdded }: PeriodicFormProps) {
  const schema = periodicSchema(contract.inputSchema);
  const send = async (given: unknown) => {
    const { name, when, timeZone, input: own } = given as Asked;
    const body = { name, ...timingOf(when, timeZone), task: contract.name, input: own };
    await request('POST', '/api/periodic', body);
    notify('done', `${name} is added.`);
    onAdded();
  };
  return <SchemaForm schema={schema} label="Periodic task" submit="Add" send={send} />;
}

function periodicSchema({ $defs, ...input }: JsonSchema): JsonSchema {
  return {
    type: 'object',
    required: ['name', 'when', 'input'],
    properties: {
      name: { type: 'string', title: 'Name', description: 'unique, such as nightly-report' },
      when: {
        type: 'string',
        title: 'When',
        description: '"every 15m", or cron such as 0 3 * * *',
      },
      timeZone: {
        type: 'string',
        title: 'Time zone',
        description: 'of cron, such as Europe/Berlin; else UTC',
      },
      input: { ...input, title: 'Input' },
    },
    ...($defs && { $defs }),
  };
}

function timingOf(when: string, timeZone: string | undefined) {
  const every = /^every\s+(\S+)$/.exec(when.trim())?.[1];
  if (every !== undefined) return { every };
  return { cron: when.trim(), ...(timeZone !== undefined && { timeZone }) };
}
