/** A service for tests: says that it is up, ends on SIGTERM, and crashes when it is told to. */
process.stdout.write(`${JSON.stringify({ event: 'worker.started', pid: process.pid })}\n`);
process.on('SIGTERM', () => process.exit(0));
setInterval(() => undefined, 1_000);
