import { Server } from 'node:net';
import { LOOPBACK } from './emulator.ts';

let guarded = false;

/**
 * From now on every TCP server of this process listens on 127.0.0.1, whatever address it asks for. The emulator of the
 * queues asks for all of them, has no option for it, and lets anyone in who reaches it: on a café's network that is
 * everybody. Guarding the process instead of one call leaves no moment and no second server unguarded.
 */
export function listenOnLoopbackOnly(): void {
  if (guarded) return;
  guarded = true;
  const listen: unknown = Reflect.get(Server.prototype, 'listen');
  if (typeof listen !== 'function') throw new TypeError('this Node has no net.Server.listen');
  Reflect.set(Server.prototype, 'listen', function listenGuarded(this: Server, ...args: unknown[]) {
    return Reflect.apply(listen, this, onLoopback(args)) as Server;
  });
}

/**
 * The arguments of a `listen` with the host replaced, in each form that has one
 * (nodejs.org/api/net.html#serverlisten). Pipes and open handles stay as they are.
 */
export function onLoopback(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  if (isPort(first)) return [first, LOOPBACK, ...rest.slice(isHost(rest[0]) ? 1 : 0)];
  if (first === undefined || first === null || typeof first === 'function') {
    return [0, LOOPBACK, ...args.filter((arg) => typeof arg === 'function')];
  }
  if (typeof first === 'object' && 'port' in first) return [{ ...first, host: LOOPBACK }, ...rest];
  return [...args];
}

function isPort(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}

function isHost(value: unknown): boolean {
  return typeof value === 'string' || value === undefined || value === null;
}
