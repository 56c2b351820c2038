import { parseArgs } from 'node:util';
import { ConfigError, TaskfleetError } from '@taskfleet/toolbox/contract';
import type { Emulator, EmulatorOptions } from './emulator.ts';

/** Loaded only when asked for: each is a good part of a second. */
const EMULATORS: Readonly<Record<string, (options: EmulatorOptions) => Promise<Emulator>>> = {
  queues: async (options) => (await import('./queues.ts')).startQueues(options),
  table: async (options) => (await import('./table.ts')).startTable(options),
};

/** Reads `queues|table [--port 0] [--data folder]`. Throws ConfigError. */
function readArguments() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string', default: '0' }, data: { type: 'string' } },
  });
  const start = EMULATORS[positionals[0] ?? ''];
  if (!start) {
    const known = Object.keys(EMULATORS).join(' or ');
    throw new ConfigError([`emulator: expected ${known}, got ${positionals[0] ?? 'nothing'}`]);
  }
  return { start, port: readPort(values.port), dataDir: values.data };
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new ConfigError([`--port: expected 0 to 65535, got ${text}`]);
}

/** Also when the parent is gone, however it died: an orphan would keep the port and the data folder. */
function stopOnSignals({ stop }: Emulator): void {
  let stopping: Promise<void> | undefined;
  const stopAndExit = () => {
    stopping ??= stop().finally(() => process.exit());
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.on(signal, stopAndExit);
  }
}

try {
  const { start, ...options } = readArguments();
  const emulator = await start(options);
  stopOnSignals(emulator);
  process.send?.({ event: 'emulator.started', endpoint: emulator.endpoint });
} catch (error) {
  if (!(error instanceof TaskfleetError || isPortTaken(error))) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function isPortTaken(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
