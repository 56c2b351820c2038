import { z } from 'zod';
import { ScaffoldError } from './errors.ts';
import type { ReadText } from './plan.ts';
import type { PackageFacts } from './templates/packageFile.ts';

const manifestSchema = z.looseObject({
  version: z.string(),
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
});

/** A file that the command changes. Throws ScaffoldError where there is none. */
export function readRequired(read: ReadText, path: string): string {
  const text = read(path);
  if (text === undefined) throw new ScaffoldError([`expected ${path}, got none`]);
  return text;
}

/** Versions as the project's other workers have them. */
export function packageFacts(read: ReadText): PackageFacts {
  const toolbox = manifestOf(read, 'shared-toolbox/package.json');
  return {
    license: toolbox.license,
    toolbox: toolbox.version,
    zod: toolbox.dependencies?.['zod'] ?? '*',
    testing: read(KIT) === undefined ? undefined : manifestOf(read, KIT).version,
  };
}

const KIT = 'test/kit/package.json';

function manifestOf(read: ReadText, path: string): z.output<typeof manifestSchema> {
  const text = readRequired(read, path);
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new ScaffoldError([`${path} cannot be read: ${String(error)}`]);
  }
}
