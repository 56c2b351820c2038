/** `npm run bench:export`: what a worker needs for an export of many features: time, and memory at its peak. */
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { defineFleet } from '@taskfleet/toolbox/contract';
import { exportProject, exportWorker } from '@taskfleet/worker-export/contract';
import { hostApi, madeProject } from '@taskfleet/worker-export/demo';
import { type LocalStackFacts, serviceSpec } from '../../infra/local/services.ts';
import { inheritedEnvironment } from '../../infra/local/supervise/inheritedEnvironment.ts';
import { launch } from '../../infra/local/supervise/launch.ts';
import { clientsOf, schedulerOn, trackerOn } from '../fixtures/startParts.ts';
import { readCounts } from './readCounts.ts';
import { startEmulators } from './startEmulators.ts';

/** What an export may need at most, all its parts side by side in one process. */
const MOST_MB = 300;

/**
 * The heap that V8 takes by itself in a container of 512 MB. With more room it lets garbage lie, and the peak would say how much memory there is, not
 * how much is needed.
 */
const NODE_OPTIONS = '--max-old-space-size=256 --max-semi-space-size=1';

const HELP = `Exports a made-up project with format "all", and says what the worker's process needed. Exit code 1 above ${MOST_MB} MB.

Usage: npm run bench:export [-- options]

  --features N   locations of the project (default 200000, at most 1000000)
  --json         one JSON document instead of text

Example: npm run bench:export -- --features 20000
`;

const options = readCounts({
  command: 'npm run bench:export',
  help: HELP,
  counts: { features: { standard: 200_000, least: 1, most: 1_000_000 } },
});
if (options && process.platform !== 'linux') {
  process.stdout.write('skipped: the peak of a process is read as Linux has it\n');
} else if (options) {
  await bench(options.features, options.json);
}

async function bench(features: number, json: boolean): Promise<void> {
  const fleet = defineFleet([exportWorker]);
  await using started = new AsyncDisposableStack();
  const { stack } = started.adopt(await startEmulators(fleet), async (some) => some.stop());
  const project = madeProject(features);
  const server = createServer(hostApi({ projects: { 'ilha/made': project }, pageSize: 1_000 }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.defer(() => void server.close());
  const clients = clientsOf(stack);
  started.adopt(trackerOn({ stack, clients, fleet }), async (some) => some.stop());
  const worker = await startWorker(stack);
  started.defer(() => void worker.kill());
  const startedAt = performance.now();
  const { port } = server.address() as AddressInfo;
  const source = `http://127.0.0.1:${port}/api`;
  const asked = { org: 'ilha', project: 'made', format: 'all', source, token: 'bench' } as const;
  const { schedule } = schedulerOn(stack, clients);
  const { links } = await (await schedule(exportProject, asked)).result({ timeout: '30m' });
  const seconds = (performance.now() - startedAt) / 1_000;
  const zipMb = await sizeInMb(links[0]?.url);
  const peakMb = peakOf(worker);
  // Locations are read twice: for the workbook and for the shapefiles.
  const rows = project.locations.count * 2 + project.parties.count + project.relationships.count;
  tell({ features, rows, seconds, zipMb, peakMb }, json);
  if (peakMb > MOST_MB) process.exitCode = 1;
}

/** The worker's own program, in a process of its own, as `npm start` runs it. */
async function startWorker(stack: LocalStackFacts): Promise<ChildProcess> {
  const inherited = inheritedEnvironment(process.env);
  const ready = Promise.withResolvers<void>();
  const service = serviceSpec({ ...stack, service: exportWorker.name, inherited });
  const spec = { ...service, environment: { ...service.environment, NODE_OPTIONS } };
  const worker = launch(spec, {
    onLine: (line) => process.stderr.write(line.includes('"error"') ? `${line}\n` : ''),
    onSaid: (said) => spec.isReady(said) && ready.resolve(),
    onExit: (how) => ready.reject(new Error(`the worker ended: ${how}`)),
  });
  await ready.promise;
  return worker;
}

/** Most memory that a process has had at any time, as its kernel counted it. */
function peakOf(worker: ChildProcess): number {
  const status = readFileSync(`/proc/${worker.pid}/status`, 'utf8');
  return Math.ceil(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024);
}

async function sizeInMb(url = ''): Promise<number> {
  const answer = await fetch(url);
  await answer.body?.cancel();
  return Number(answer.headers.get('content-length')) / 1_048_576;
}

interface Measured {
  readonly features: number;
  readonly rows: number;
  readonly seconds: number;
  readonly zipMb: number;
  readonly peakMb: number;
}

function tell(measured: Measured, json: boolean): void {
  const { features, rows, seconds, zipMb, peakMb } = measured;
  const lines = [
    `locations          ${features.toLocaleString('en')}, all parts: ${rows.toLocaleString('en')} rows`,
    `until the link     ${seconds.toFixed(1)} s, ${Math.round(rows / seconds).toLocaleString('en')} rows a second`,
    `zip                ${zipMb.toFixed(1)} MB`,
    `worker's peak      ${peakMb} MB of ${MOST_MB} MB`,
  ];
  process.stdout.write(
    `${json ? JSON.stringify({ ...measured, mostMb: MOST_MB }) : lines.join('\n')}\n`,
  );
}
