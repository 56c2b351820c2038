export {
  type Actor,
  AUDIT_KEPT_DAYS,
  AUDITED_ACTIONS,
  type AuditedAction,
  type AuditEntry,
  OUTCOMES,
} from './auditEntry.ts';
export { auditedAccess } from './auditedAccess.ts';
export { type Audit, type AuditPage, createAudit, MOST_AUDIT_ENTRIES } from './createAudit.ts';
