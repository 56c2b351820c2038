import { join } from 'node:path';
import { z } from 'zod';
import { DeployError } from './errors.ts';
import { lastLine, runCommand } from './programs/runCommand.ts';

/** One of AWS's read operations, named as botocore names it. */
export interface Question {
  /** Such as `sqs`. */
  readonly service: string;
  /** Such as `get_queue_attributes`. */
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** JMESPath of what counts in the response. */
  readonly find: string;
}

const answer = z.union([z.object({ value: z.unknown() }), z.object({ error: z.string() })]);

/** What was found (null for nothing), or what the service said instead. */
export type Answer = z.output<typeof answer>;

/** Answers in the order of the questions. */
export type AskAws = (questions: readonly Question[]) => Promise<readonly Answer[]>;

export interface AskAwsOptions {
  readonly python: string;
  /** With the endpoint and credentials. */
  readonly environment: Readonly<Record<string, string>>;
}

const WITHIN_MS = 60_000;

/** Asks with AWS's own Python library, which knows every service: this project has clients for four. */
export function askAwsWith({ python, environment }: AskAwsOptions): AskAws {
  return async (questions) => {
    const result = await runCommand({
      program: python,
      arguments: [join(import.meta.dirname, 'python', 'ask.py')],
      environment,
      input: JSON.stringify(questions),
      withinMs: WITHIN_MS,
    });
    if (result.exitCode !== 0) throw new DeployError(`asking AWS failed: ${lastLine(result)}`);
    return z.array(answer).parse(JSON.parse(result.stdout));
  };
}

/** Asks one thing that has to be answered. Throws DeployError. */
export async function askOne(ask: AskAws, question: Question): Promise<unknown> {
  const [only] = await ask([question]);
  if (only && 'value' in only) return only.value;
  const { service, operation } = question;
  throw new DeployError(`${service} ${operation}: ${only?.error ?? 'no answer'}`);
}
