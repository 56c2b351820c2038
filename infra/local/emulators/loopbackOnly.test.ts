import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listenOnLoopbackOnly, onLoopback } from './loopbackOnly.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe('listenOnLoopbackOnly', () => {
  it('puts a server that asks for every address on 127.0.0.1', async () => {
    listenOnLoopbackOnly();
    const server = createServer().listen({ port: 0, host: '0.0.0.0' });
    servers.push(server);
    await once(server, 'listening');
    expect(server.address()).toMatchObject({ address: '127.0.0.1', family: 'IPv4' });
  });
});

describe('onLoopback', () => {
  const callback = () => {};

  it.each([
    { what: 'a port', args: [80], expected: [80, '127.0.0.1'] },
    { what: 'a port as text', args: ['80'], expected: ['80', '127.0.0.1'] },
    { what: 'a port and a host', args: [80, '0.0.0.0'], expected: [80, '127.0.0.1'] },
    {
      what: 'a port and a backlog',
      args: [80, 511, callback],
      expected: [80, '127.0.0.1', 511, callback],
    },
    {
      what: 'a port, a host, a backlog',
      args: [80, '::', 511, callback],
      expected: [80, '127.0.0.1', 511, callback],
    },
    { what: 'no host', args: [80, undefined, 511], expected: [80, '127.0.0.1', 511] },
    { what: 'nothing', args: [], expected: [0, '127.0.0.1'] },
    { what: 'a callback', args: [callback], expected: [0, '127.0.0.1', callback] },
    {
      what: 'options',
      args: [{ port: 80, host: '::', exclusive: true }, callback],
      expected: [{ port: 80, host: '127.0.0.1', exclusive: true }, callback],
    },
    { what: 'a pipe', args: ['/tmp/socket', callback], expected: ['/tmp/socket', callback] },
    { what: 'a pipe in options', args: [{ path: '/tmp/s' }], expected: [{ path: '/tmp/s' }] },
    { what: 'an open handle', args: [{ fd: 3 }], expected: [{ fd: 3 }] },
  ])('handles $what', ({ args, expected }) => {
    expect(onLoopback(args)).toEqual(expected);
  });
});
