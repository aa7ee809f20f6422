import { Refusal } from '#shared/contract/problems.ts'
import { type NewEntry, addLedgerEntry as route } from '#shared/contract/reporting/ledger.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import type { AuditAction } from '#shared/domain/access/audit-actions.ts'
import { type Account, toAccountName } from '#shared/domain/reporting/ledger/account.ts'
import { type EntryKind, toEntryId } from '#shared/domain/reporting/ledger/ledger-entry.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { NewLedgerEntry } from '#shared/store/reporting/ledger/entry-rows.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { loadAccount } from '#shared/workflows/reporting/load-account.ts'

type AddLedgerEntryDependencies = Pick<Dependencies, 'records' | 'ledger' | 'digests'> & AuditChangeDependencies

/** Enters what staff say, once: a repeated request returns the entry that it made first. */
export async function addLedgerEntry(
  { params, headers, body, principal }: Request<typeof route>,
  deps: AddLedgerEntryDependencies,
): Promise<Reply<typeof route>> {
  const { account } = await loadAccount(params, deps)
  const actor = toActor(principal)
  const place = { entryId: toNewEntryId(account, body, headers['idempotency-key'], deps), at: deps.now().toISOString() }
  const entry: NewLedgerEntry = { ...place, ...(await buildEntry(account, body, deps)), by: actor }
  const record = { kind: 'accounts', id: toAccountName(account) }
  const audit = auditChange(
    { actor, action: auditActions[body.kind], record, after: { ...entry, by: undefined } },
    deps,
  )
  const bodyDigest = deps.digests.hashBody(body)
  const result = await deps.ledger.add(account, entry, { bodyDigest, also: [audit] })
  if (result === 'conflict') throw conflictRefusal()
  if (result.kind === 'added') return { status: 201, body: result.entry }
  if (body.kind !== 'reversal' && result.bodyDigest !== bodyDigest)
    throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'Use a new Idempotency-Key for another entry.')
  return { status: 200, body: result.entry }
}

const auditActions = {
  payment: 'payment.recorded',
  adjustment: 'adjustment.recorded',
  reversal: 'ledger-entry.reversed',
} as const satisfies { [kind in NewEntry['kind']]: AuditAction }

function toNewEntryId(
  account: Account,
  body: NewEntry,
  key: string | undefined,
  { digests }: Pick<AddLedgerEntryDependencies, 'digests'>,
): string {
  if (body.kind === 'reversal') return toEntryId(body.entryId, 'reversed')
  if (key === undefined)
    throw new Refusal('IDEMPOTENCY_KEY_REQUIRED', 'Send an Idempotency-Key, so that a repeated request counts once.')
  return `ent_${digests.hashIdempotencyKey(`${toAccountName(account)} ${key}`).slice(0, 22)}`
}

const reversibleKinds: readonly EntryKind[] = ['payment', 'adjustment', 'credit']

async function buildEntry(
  account: Account,
  body: NewEntry,
  { ledger }: Pick<AddLedgerEntryDependencies, 'ledger'>,
): Promise<Omit<NewLedgerEntry, 'entryId' | 'at'>> {
  if (body.kind === 'payment')
    return { ...body, amountCents: account.kind === 'schools' ? body.amountCents : -body.amountCents }
  if (body.kind === 'adjustment') return body
  const original = await ledger.find(account, body.entryId)
  if (!original) throw new Refusal('NOT_FOUND', 'The account has no such entry.')
  if (!reversibleKinds.includes(original.kind))
    throw new Refusal('NOT_REVERSIBLE', `A ${original.kind} cannot be reversed. Record an adjustment instead.`)
  const { entryId: reverses, at: originalAt, amountCents, deliveryId, leadId, campaignId } = original
  return {
    kind: 'reversal',
    amountCents: -amountCents,
    reverses,
    originalAt,
    reason: body.reason,
    ...(deliveryId !== undefined && { deliveryId }),
    ...(leadId !== undefined && { leadId }),
    ...(campaignId !== undefined && { campaignId }),
  }
}

export const handler = defineHandler(route, addLedgerEntry)
