import { maxListedProofs } from '#shared/domain/aftercare/consent-list.ts'
import { firstLeadDay } from '#shared/domain/capture/lead.ts'
import { addSeconds, shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import type { ConsentListProgress } from '#shared/store/aftercare/consent-list-store.ts'

type ListConsentsDependencies = Pick<Dependencies, 'consentLists' | 'newId' | 'now'>

// A submission takes seconds, so by then no lead of the day before is still being saved.
const settleSeconds = 15 * 60

/**
 * Lists the proofs of consent of each day that has ended in audit entries, once. Returns the last day that this run has
 * completed. A run that meets its deadline, or that another one overtakes, leaves the rest to the next.
 */
export async function listConsents(deps: ListConsentsDependencies): Promise<string | undefined> {
  const startedAt = deps.now().toISOString()
  const deadline = addSeconds(startedAt, getTimeBudgetSeconds('verify-audit'))
  const firstOpenDay = toDay(addSeconds(startedAt, -settleSeconds))
  let completedDay: string | undefined
  let stored = await deps.consentLists.getProgress()
  let progress: ConsentListProgress = stored ?? { day: firstLeadDay, lists: 0 }
  while (progress.day < firstOpenDay && deps.now().toISOString() < deadline) {
    const { next, entry } = await listNext(progress, deps)
    if (next.day !== progress.day) completedDay = progress.day
    progress = next
    // Days without a lead need no write of their own.
    if (!entry && next.day < firstOpenDay) continue
    if (!(await deps.consentLists.advance(next, stored, entry))) return undefined
    stored = next
  }
  if (stored !== progress && !(await deps.consentLists.advance(progress, stored))) return undefined
  return completedDay
}

async function listNext(progress: ConsentListProgress, { consentLists, newId, now }: ListConsentsDependencies) {
  const { day, lists } = progress
  const { leadIds, through } = await consentLists.listLeads(progress, maxListedProofs)
  if (through === undefined) return { next: { day: shiftDay(day, 1), lists } }
  const digests = await Promise.all(leadIds.map(consentLists.readDigest))
  const proofs = leadIds.flatMap((leadId, index) => (digests[index] === undefined ? [] : [[leadId, digests[index]]]))
  const entry = {
    entryId: newId('audit'),
    at: now().toISOString(),
    actor: { kind: 'system', name: 'verify-audit' },
    action: 'consent-proofs.listed',
    record: { kind: 'consent-days', id: day },
    after: { proofs: Object.fromEntries(proofs) },
  } as const
  return { next: { day, through, lists: lists + 1 }, entry }
}
