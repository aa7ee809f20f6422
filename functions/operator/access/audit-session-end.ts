import type { AccessKey } from '#shared/domain/access/access-key.ts'
import type { Actor } from '#shared/domain/access/actor.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'

/** Returns the write of the entry that says who ended a session. */
export function auditSessionEnd({ keyId, ...before }: AccessKey, actor: Actor, deps: AuditChangeDependencies) {
  return auditChange({ actor, action: 'session.ended', record: { kind: 'keys', id: keyId }, before }, deps)
}

/** Returns the write of the entry that says who ended the sessions and links of a school. */
export function auditSchoolSessionsEnd(
  schoolId: string,
  before: { sessions: string[]; links: string[] },
  actor: Actor,
  deps: AuditChangeDependencies,
) {
  const record = { kind: 'portal-access', id: schoolId }
  return auditChange({ actor, action: 'session.ended', record, before }, deps)
}
