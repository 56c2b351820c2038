import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { browserCommand, openBrowser, type Spawn } from './openBrowser.ts';

const seated = { DISPLAY: ':0' };
const page = new URL('https://example.com/tasks/a;$(touch x)&calc');

describe('a browser', () => {
  it.each([
    ['linux', seated, ['xdg-open']],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open']],
    ['linux', {}, undefined],
    ['darwin', {}, ['open']],
    ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler']],
    ['linux', { ...seated, SSH_CONNECTION: '10.0.0.1 22' }, undefined],
    ['darwin', { SSH_TTY: '/dev/pts/0' }, undefined],
  ])('on %s with %j is %j', (platform, environment, command) => {
    expect(browserCommand({ platform, environment })).toEqual(command);
  });

  it('is given the address as one word, without a shell', async () => {
    const child = Object.assign(new EventEmitter(), { unref: vi.fn<() => void>() });
    const spawned = vi.fn<Spawn>(() => child as unknown as ChildProcess);
    const options = { platform: 'linux', environment: seated, spawn: spawned };
    const opening = openBrowser(page, options);
    child.emit('spawn');
    expect(await opening).toBe(true);
    const settings = { stdio: 'ignore', detached: true };
    expect(spawned.mock.calls).toEqual([['xdg-open', [page.href], settings]]);
    expect(child.unref).toHaveBeenCalledOnce();
  });

  it('that is not there opens nothing', async () => {
    const nowhere = () => spawn('no-such-program-anywhere');
    const options = { platform: 'linux', environment: seated, spawn: nowhere };
    expect(await openBrowser(page, options)).toBe(false);
    expect(await openBrowser(page, { platform: 'linux', environment: {} })).toBe(false);
  });

  it.each(['file:///etc/passwd', 'javascript:alert(1)'])('is never given %s', async (address) => {
    const options = { platform: 'linux', environment: seated };
    await expect(openBrowser(new URL(address), options)).rejects.toThrow(RangeError);
  });
});
