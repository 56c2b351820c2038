import { exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { Issuer } from './startIssuer.ts';

/** What a token has that nobody may be let in by, how it is made, and a part of what is said of it. */
export type Forgery = readonly [what: string, make: (by: Issuer) => Promise<string>, said: string];

const NOT_SIGNED = 'not one that the issuer';

/** Tokens that are no good, of an issuer for the audience `fleet`. */
export const forgeries: readonly Forgery[] = [
  ['that has expired', async (by) => by.token({}, { ends: '-10s' }), 'has expired'],
  ['for another audience', async (by) => by.token({ aud: 'other' }), 'claim aud'],
  ['of another issuer', async (by) => by.token({ iss: 'https://evil.example' }), 'claim iss'],
  ['without an end', async (by) => by.token({}, { ends: '' }), 'claim exp'],
  ['of a key', async (by) => by.token({ sub: 'key:ci' }), 'claim sub is no name'],
  ['without a name', async (by) => by.token({ sub: undefined }), 'claim sub'],
  ['with a name that is none', async (by) => by.token({ sub: '' }), 'claim sub is no name'],
  ['with a name of two lines', async (by) => by.token({ sub: 'a\r\nb: c' }), 'claim sub is no'],
  ['with an unknown key', async (by) => by.token({}, { kid: 'k2' }), NOT_SIGNED],
  [
    'signed by somebody else',
    async (by) => by.token({}, { key: (await generateKeyPair('RS256')).privateKey }),
    NOT_SIGNED,
  ],
  [
    'that is not signed',
    async (by) => new UnsecuredJWT(by.claims()).setExpirationTime('5m').encode(),
    NOT_SIGNED,
  ],
  [
    'signed with the public key as a secret',
    async (by) => {
      const secret = new TextEncoder().encode(await exportSPKI(by.publicKey));
      const token = new SignJWT(by.claims()).setProtectedHeader({ alg: 'HS256', kid: 'k1' });
      return token.setExpirationTime('5m').sign(secret);
    },
    NOT_SIGNED,
  ],
  [
    'whose claims were changed',
    async (by) => {
      const [header, , signature] = (await by.token()).split('.');
      const claims = { ...by.claims(), roles: ['admin'], exp: 4_000_000_000 };
      return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join(
        '.',
      );
    },
    NOT_SIGNED,
  ],
  ['that is none', async () => 'aaaaaa.bbbbbb.cccccc', NOT_SIGNED],
  ['that is a key of nobody', async () => `tf_${'0'.repeat(16)}_${'a'.repeat(43)}`, 'no such'],
];
