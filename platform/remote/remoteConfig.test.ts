import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { remoteConfig } from './remoteConfig.ts';

const SECRET = 'tf_0123456789abcdef_secret';
const folder = mkdtempSync(join(tmpdir(), 'taskfleet-remote-'));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true }));

describe('where a stage is asked', () => {
  it('is AWS itself without an address', async () => {
    expect(await remoteConfig({}, { TASKFLEET_TOKEN: SECRET })).toBeUndefined();
    expect(await remoteConfig({}, { TASKFLEET_URL: '' })).toBeUndefined();
  });

  it('is the address that was given, before that of the environment', async () => {
    const environment = { TASKFLEET_URL: 'https://prod.example.com/', TASKFLEET_TOKEN: SECRET };
    const token = SECRET;
    expect(await remoteConfig({}, environment)).toEqual({
      address: 'https://prod.example.com',
      token,
    });
    const options = { url: 'https://dev.example.com/fleet/', tokenFile: file('token', `other\n`) };
    expect(await remoteConfig(options, environment)).toEqual({
      address: 'https://dev.example.com/fleet',
      token: 'other',
    });
  });

  it.each(['http://127.0.0.1:8484', 'http://localhost:8484', 'http://[::1]:8484'])(
    'may be %s, which leaves this machine nowhere',
    async (url) => {
      expect(await remoteConfig({ url }, {})).toEqual({ address: url });
    },
  );

  it('is no other machine without encryption, unless it is meant', async () => {
    const url = 'http://taskfleet.example.com';
    await expect(remoteConfig({ url }, {})).rejects.toThrow('expected https, got');
    expect(await remoteConfig({ url, insecure: true }, {})).toEqual({ address: url });
  });

  it.each([
    ['not an address', 'prod', 'expected an address such as'],
    ['one without https://', 'localhost:8484', 'that does not begin with https:// or http://'],
    ['another protocol', 'file:///etc/passwd', 'expected an address such as'],
    ['a script', 'javascript:alert(1)', 'expected an address such as'],
    ['credentials in it', `https://me:${SECRET}@example.com`, 'goes into TASKFLEET_TOKEN'],
    ['a token in it', `https://example.com/?token=${SECRET}`, 'goes into TASKFLEET_TOKEN'],
  ])('is not %s', async (_what, url, message) => {
    const error = await remoteConfig({ url }, {}).catch(String);
    expect(error).toContain(message);
    expect(error).not.toContain(SECRET);
  });
});

describe('a token', () => {
  const url = 'https://example.com';

  it.each([
    ['of two lines', `${SECRET}\n${SECRET}`],
    ['with a space', `${SECRET} x`],
    ['with what no header carries', `${SECRET}é`],
  ])('%s is refused without being told', async (_what, text) => {
    for (const [options, environment] of [
      [{ url }, { TASKFLEET_TOKEN: text }],
      [{ url, tokenFile: file('odd', text) }, {}],
    ] as const) {
      const error = await remoteConfig(options, environment).catch(String);
      expect(error).toMatch(/expected an API key or a token on one line/);
      expect(error).not.toContain(SECRET);
    }
  });

  it('in a file has to be there', async () => {
    const missing = { url, tokenFile: join(folder, 'none') };
    await expect(remoteConfig(missing, {})).rejects.toThrow(/cannot read .*none: ENOENT/);
    const empty = { url, tokenFile: file('empty', '\n') };
    await expect(remoteConfig(empty, {})).rejects.toThrow('got nothing');
  });

  it('in a file is for an address', async () => {
    const alone = { tokenFile: file('alone', SECRET) };
    await expect(remoteConfig(alone, {})).rejects.toThrow('expected --url or TASKFLEET_URL');
  });

  it('over http is for an address too', async () => {
    const refused = remoteConfig({ insecure: true }, {});
    await expect(refused).rejects.toThrow('--insecure: expected --url or TASKFLEET_URL');
  });
});
