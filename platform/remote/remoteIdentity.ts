import { z } from 'zod';
import type { FleetAccess } from '../access/index.ts';
import { auditPageSchema, keySchema, newKeySchema } from '../api/schemas/identity.ts';
import { type AuditPage, MOST_AUDIT_ENTRIES } from '../audit/index.ts';
import { checkLimit } from '../checkLimit.ts';
import type { NewKey } from '../identity/index.ts';
import type { ApiClient } from './apiClient.ts';
import { NotOverHttpError } from './errors.ts';

/** Who may act, and who did, over the API, which audits what is done there by itself. */
export function remoteIdentity(
  client: ApiClient,
): Pick<FleetAccess, 'keys' | 'audit' | 'accessKeyId'> {
  const make = async (path: string, action: string, body: object) =>
    (await client.ask({ method: 'POST', path, body, schema: newKeySchema, action })) as NewKey;
  return {
    keys: {
      list: async () => {
        const schema = z.object({ keys: z.array(keySchema) });
        const request = { path: '/api/keys', schema, action: 'list the API keys' };
        return (await client.ask(request)).keys;
      },
      create: async ({ expiresInMs, ...asked }) =>
        make('/api/keys', 'make the API key', { ...asked, expiresIn: duration(expiresInMs) }),
      mint: async ({ expiresInMs, ...asked }) =>
        make('/api/tokens', 'make the token', { ...asked, expiresIn: duration(expiresInMs) }),
      revoke: async (id) => {
        const path = `/api/keys/${encodeURIComponent(id)}`;
        const request = { method: 'DELETE', path, schema: z.unknown() } as const;
        await client.ask({ ...request, action: 'revoke the API key' });
      },
      find: async () => Promise.reject(new NotOverHttpError('looking a key up')),
    },
    audit: {
      begin: async () => Promise.reject(new NotOverHttpError('writing the audit')),
      end: async () => Promise.reject(new NotOverHttpError('writing the audit')),
      list: async (query) => {
        checkLimit(query.limit, MOST_AUDIT_ENTRIES);
        const request = { path: '/api/audit', query: { ...query }, schema: auditPageSchema };
        return (await client.ask({ ...request, action: 'read the audit' })) as AuditPage;
      },
    },
    accessKeyId: async () => undefined,
  };
}

function duration(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${ms}ms`;
}
