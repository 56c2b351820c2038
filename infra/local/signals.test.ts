import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { onStopSignals } from './signals.ts';

function listen() {
  const clock = { now: 1_000 };
  const source = new EventEmitter();
  const first = vi.fn<() => void>();
  const second = vi.fn<() => void>();
  onStopSignals({ source, clock: { monotonic: () => clock.now }, first, second });
  return { clock, source, first, second };
}

describe('signals to stop', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'])('begin an orderly stop: %s', (signal) => {
    const { source, first, second } = listen();
    source.emit(signal);
    expect(first).toHaveBeenCalledOnce();
    expect(second).not.toHaveBeenCalled();
  });

  it('are one when npm repeats what the terminal has sent', () => {
    const { clock, source, first, second } = listen();
    source.emit('SIGINT');
    clock.now += 400;
    source.emit('SIGINT');
    expect(first).toHaveBeenCalledOnce();
    expect(second).not.toHaveBeenCalled();
  });

  it('end everything at once when a person insists', () => {
    const { clock, source, second } = listen();
    source.emit('SIGINT');
    clock.now += 600;
    source.emit('SIGINT');
    expect(second).toHaveBeenCalledOnce();
  });
});
