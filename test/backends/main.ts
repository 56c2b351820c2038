/**
 * `npm run test:backends [name …]`: the conformance suites of table and queues against DynamoDB Local and ElasticMQ, which
 * Maven fetches. Skipped, with exit code 0, where Java, Maven or its registry is missing.
 */
import { ALL_BACKENDS, type Backend } from './backends.ts';
import { fetchBackend, missingTool } from './fetchBackend.ts';
import { runSuites } from './runSuites.ts';
import { startProgram } from './startProgram.ts';

const asked = process.argv.slice(2);
const known = ALL_BACKENDS.map(({ name }) => name);
const unknown = asked.find((name) => !known.some((some) => some === name));
if (unknown !== undefined) {
  process.stderr.write(`expected ${known.join(' or ')}, got ${unknown}\n`);
  process.exit(2);
}
const tool = missingTool();
if (tool !== undefined) {
  process.stdout.write(`skipped: ${tool} is not on this machine\n`);
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Everything that was started ends with this process.
  process.on(signal, () => process.exit(130));
}

const failed: string[] = [];
for (const backend of ALL_BACKENDS) {
  if (asked.length > 0 && !asked.includes(backend.name)) continue;
  if (!(await passes(backend))) failed.push(backend.name);
}
if (failed.length > 0) process.stdout.write(`failed: ${failed.join(', ')}\n`);
process.exit(failed.length > 0 ? 1 : 0);

async function passes(backend: Backend): Promise<boolean> {
  const fetched = fetchBackend(backend);
  if (!fetched.ok) {
    process.stdout.write(`skipped: ${backend.name} cannot be fetched: ${fetched.why}\n`);
    return true;
  }
  const startedAt = performance.now();
  await using program = await startProgram(backend, fetched.archives);
  const ok = await runSuites(backend, program.endpoint);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${backend.name} (${seconds} s)\n`);
  return ok;
}
