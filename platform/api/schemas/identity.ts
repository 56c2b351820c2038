import { z } from 'zod';
import { AUDITED_ACTIONS, MOST_AUDIT_ENTRIES, OUTCOMES } from '../../audit/index.ts';
import { PERMISSIONS, ROLES } from '../../identity/index.ts';
import { duration } from './options.ts';

const instant = z.int().nonnegative().describe('Milliseconds since 1970.');
const roles = z.array(z.enum(ROLES)).min(1);
const only = z.array(z.enum(PERMISSIONS)).min(1).describe('These permissions of the roles only.');

const keyFields = z.object({
  id: z.string(),
  name: z.string(),
  roles,
  only: only.optional(),
  createdAt: instant,
  createdBy: z.string(),
  endsAt: instant.optional(),
});

export const keySchema = keyFields.meta({ id: 'Key' });

export const newKeySchema = keyFields
  .extend({ key: z.string().describe('For the Authorization header. Shown this once.') })
  .meta({ id: 'NewKey' });

export const keyRequestSchema = z
  .strictObject({
    name: z.string().describe('Who has it; keys of one name are one principal.'),
    roles,
    expiresIn: duration.optional().describe('Default: it does not end.'),
  })
  .meta({ id: 'KeyRequest' });

export const tokenRequestSchema = z
  .strictObject({
    name: z.string(),
    roles,
    only: only.optional(),
    expiresIn: duration.default('15m').describe('At most 1h.'),
  })
  .meta({ id: 'TokenRequest' });

export const auditQuery = z.strictObject({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(MOST_AUDIT_ENTRIES).default(MOST_AUDIT_ENTRIES),
});

const auditEntrySchema = z
  .object({
    id: z.string(),
    at: instant,
    by: z.string(),
    kind: z.enum(['local', 'key', 'user', 'token', 'cli']),
    accessKeyId: z.string().optional().describe('From the command line: of its AWS credentials.'),
    action: z.enum(AUDITED_ACTIONS),
    target: z.string(),
    detail: z.string().optional().describe('What exactly was asked for.'),
    outcome: z
      .enum(OUTCOMES)
      .optional()
      .describe('Left out while it goes on, or when it never said.'),
    endedAt: instant.optional(),
    problem: z.string().optional(),
    result: z.string().optional(),
  })
  .meta({ id: 'AuditEntry' });

export const auditPageSchema = z
  .object({ entries: z.array(auditEntrySchema), cursor: z.string().optional() })
  .meta({ id: 'AuditPage' });

export const signInSchema = z
  .object({
    credentials: z.boolean().describe('Whether any are needed.'),
    oidc: z
      .object({
        issuer: z.string(),
        clientId: z.string(),
        audience: z.string().describe('Of the tokens that are good here.'),
      })
      .optional(),
  })
  .meta({ id: 'SignIn' });
