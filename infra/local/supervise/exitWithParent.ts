/**
 * Loaded before a local service: when the process that started it is gone, however it went, the service stops as on
 * SIGTERM. Services themselves know nothing of this, as in the cloud.
 */
const STOP_WITHIN_MS = 10_000;

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
});
