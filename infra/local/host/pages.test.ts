import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHostUnderTest } from './testing/startHostUnderTest.ts';

let host: Awaited<ReturnType<typeof startHostUnderTest>>;
beforeAll(async () => {
  host = await startHostUnderTest();
});
afterAll(async () => host.stop());
beforeEach(() => {
  host.scheduled.length = 0;
  host.setAvailability({ available: true });
});

const AWAY = {
  available: false,
  since: 0,
  retryAfterMs: 4_200,
  reason: 'no connection',
} as const;

describe('the page of a project', () => {
  const records = '/api/organizations/ilha/projects/fields/spatial/';

  it('schedules an export with a token by which its records can be read', async () => {
    const { status, body } = await host.ask('/project/exports', { format: 'shp' });
    expect([status, body]).toEqual([202, { id: 'export_1' }]);
    const [{ task, input, options }] = host.scheduled as [(typeof host.scheduled)[0]];
    expect(task).toBe('export.project');
    expect(options).toEqual({ creator: 'ann', subject: 'project/fields' });
    const { token, ...rest } = input as { token: string };
    const source = `${host.address}/api`;
    expect(rest).toEqual({ org: 'ilha', project: 'fields', format: 'shp', source });
    const read = await host.ask(records, undefined, { authorization: `Bearer ${token}` });
    expect(read).toMatchObject({ status: 200, body: { count: 5 } });
  });

  it('shows its records to nobody without one', async () => {
    for (const headers of [{}, { authorization: 'Bearer guessed' }]) {
      expect(await host.ask(records, undefined, headers)).toMatchObject({ status: 401 });
    }
  });

  it.each([{}, { format: 'pdf' }, { format: 'xls', org: 'other' }, []])(
    'refuses %j',
    async (asked) => {
      const { status, body } = await host.ask('/project/exports', asked);
      expect(status).toBe(422);
      expect(body.message).toMatch(/^[^\n]+$/);
      expect(host.scheduled).toEqual([]);
    },
  );

  it('says when to come again while the broker is away', async () => {
    host.setAvailability(AWAY);
    const { status, headers, body } = await host.ask('/project/exports', { format: 'xls' });
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(body.message).toContain('no connection');
  });

  it('shows links of exports, and nothing that went into them', async () => {
    const output = { links: [{ text: 'zip', url: 'http://127.0.0.1/zip' }] };
    const input = { token: 'secret' };
    host.tasks.set('export_9', { id: 'export_9', state: 'succeeded', input, output });
    const { body } = await host.ask('/project/exports');
    expect(body).toEqual({ exports: [{ id: 'export_9', state: 'succeeded', output }] });
    host.tasks.clear();
  });
});

describe('the page of announcements', () => {
  const announcement = { to: 'a@example.org', subject: 'Hello', text: 'a < b\n\nand c' };

  it('schedules an e-mail that is taken while the broker is away, too', async () => {
    const { status } = await host.ask('/mail/messages', announcement);
    expect(status).toBe(202);
    expect(host.scheduled).toEqual([
      {
        task: 'email.send',
        input: {
          to: ['a@example.org'],
          subject: 'Hello',
          text: 'a < b\n\nand c',
          html: '<div style="font-family: sans-serif"><p>a &lt; b</p><p>and c</p></div>',
        },
        options: { durable: true, creator: 'ann', subject: 'announcements' },
      },
    ]);
  });

  it.each([
    { ...announcement, to: 'nobody' },
    { ...announcement, subject: '' },
    { ...announcement, text: 'x'.repeat(10_001) },
    { ...announcement, bcc: 'b@example.org' },
  ])('refuses what is no announcement: %#', async (asked) => {
    expect(await host.ask('/mail/messages', asked)).toMatchObject({ status: 422 });
    expect(host.scheduled).toEqual([]);
  });

  it('shows letters, newest first, and what strangers wrote where it can do nothing', async () => {
    const letter = (id: string, html?: string) => ({
      id,
      from: 'x@example.org',
      to: ['a@example.org'],
      subject: id,
      text: 'text',
      at: 1,
      attachments: [],
      ...(html !== undefined && { html }),
    });
    host.letters.push(letter('first'), letter('second', '<script>alert(1)</script>'));
    const { body } = await host.ask('/mail/messages');
    const shown = body.letters.map(({ id, hasHtml }: Record<string, unknown>) => [id, hasHtml]);
    expect(shown).toEqual([
      ['second', true],
      ['first', false],
    ]);
    const { headers } = await host.ask('/mail/messages/second/html');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("; sandbox; frame-ancestors 'self'");
    expect(await host.ask('/mail/messages/first/html')).toMatchObject({ status: 404 });
    expect(await host.ask('/mail/messages/..%2fmain/html')).toMatchObject({ status: 404 });
  });
});

describe('the page of the gallery', () => {
  it.each([
    ['/gallery/removals', { name: '../../../state' }],
    ['/gallery/removals', { name: 'x/y.jpg' }],
  ])('removes nothing that is no photo of its own: %s %j', async (path, asked) => {
    expect(await host.ask(path, asked)).toMatchObject({ status: 422 });
  });

  it.each([
    'artifact:uploads/galleries/meadow/a.jpg',
    'artifact:thumbnails/other/a-1/square.webp',
    'artifact:thumbnails/galleries/meadow/../../x/square.webp',
    'artifact:export/a/square.webp',
  ])('passes on no other file of the bucket: %s', async (ref) => {
    const path = `/gallery/pictures?ref=${encodeURIComponent(ref)}`;
    expect(await host.ask(path)).toMatchObject({ status: 422 });
  });

  it('refuses what is no photo', async () => {
    const answer = await host.ask('/gallery/photos?name=a.html', 'x', {
      'content-type': 'text/html',
    });
    expect(answer).toMatchObject({ status: 415 });
    expect(answer.body.message).toMatch(/^expected a photo \(image\/jpeg, /);
  });
});
