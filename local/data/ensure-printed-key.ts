import type { Holder, Scope } from '#shared/domain/access/access-key.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'

type EnsurePrintedKeyDependencies = Pick<Dependencies, 'accessKeys' | 'keyRing'> & AuditChangeDependencies
type PrintedKey = { key: string; holder: Holder; scope: Scope }

/** Makes sure that a printed key is valid. A revoked one becomes valid again at the next start. */
export async function ensurePrintedKey(
  { key, ...grant }: PrintedKey,
  deps: EnsurePrintedKeyDependencies,
): Promise<void> {
  if (await deps.accessKeys.findHolder(sha256(key))) return
  const createdAt = deps.now().toISOString()
  const after = { name: 'npm start', createdAt, ...grant }
  const keyId = deps.newId('key')
  const actor = { kind: 'system', name: 'npm start' } as const
  const audit = auditChange({ actor, action: 'key.created', record: { kind: 'keys', id: keyId }, after }, deps)
  await deps.keyRing.create({ keyId, ...after }, sha256(key), { also: [audit] })
}
