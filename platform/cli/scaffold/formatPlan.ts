import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plan } from '@taskfleet/toolbox/scaffold';
import { z } from 'zod';

type Format = (path: string, text: string, options: object) => Promise<{ readonly code: string }>;

const formatterSchema = z.object({
  format: z.custom<Format>((value) => typeof value === 'function'),
});

/** The plan with its texts as the project's own formatter writes them; as they are where it has none. */
export async function formatPlan(root: string, plan: Plan): Promise<Plan> {
  const format = await formatterOf(root);
  if (!format) return plan;
  return {
    ...plan,
    creates: await Promise.all(
      plan.creates.map(async ({ path, text }) => ({ path, text: await format(path, text) })),
    ),
    edits: await Promise.all(
      plan.edits.map(async (edit) => ({
        ...edit,
        after: edit.path.endsWith('.ts') ? await format(edit.path, edit.after) : edit.after,
      })),
    ),
  };
}

async function formatterOf(root: string) {
  const program = resolved(root, 'oxfmt');
  if (program === undefined) return undefined;
  const { format } = formatterSchema.parse(await import(pathToFileURL(program).href));
  const file = join(root, '.oxfmtrc.json');
  const settings = z
    .looseObject({})
    .parse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
  const { ignorePatterns: _, ...options } = settings;
  return async (path: string, text: string) => (await format(path, text, options)).code;
}

function resolved(root: string, name: string): string | undefined {
  try {
    return createRequire(join(root, 'package.json')).resolve(name);
  } catch {
    return undefined;
  }
}
