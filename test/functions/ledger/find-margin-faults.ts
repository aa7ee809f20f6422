import * as z from 'zod'
import type { AccountKind } from '#shared/domain/reporting/ledger/account.ts'
import type { LedgerEntry } from '#shared/domain/reporting/ledger/ledger-entry.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { listEntries } from './list-entries.ts'

/** A lead as its raw rows say. */
type CountedLead = { deliveredAt?: string | undefined; returned: boolean; priceCents: number }
type Month = { system: TestSystem; leads: readonly CountedLead[]; payoutPercent: number }

/**
 * Adds up from the raw leads what schools pay, what the source earns, and the margin, and holds each against the ledgers: money in is
 * money out and margin, to the cent.
 */
export async function findMarginFaults({ system, leads, payoutPercent }: Month): Promise<string[]> {
  const faults: string[] = []
  const sold = leads.filter(({ deliveredAt, returned }) => deliveredAt !== undefined && !returned)
  const inCents = sold.reduce((sum, { priceCents }) => sum + priceCents, 0)
  const outCents = sold.reduce((sum, { priceCents }) => sum + (priceCents * payoutPercent) / 100, 0)
  const schoolCents = await sumLeadEntries(system, 'schools', ['alder', 'cedar'])
  const sourceCents = await sumLeadEntries(system, 'sources', ['landing'])
  if (-schoolCents !== inCents) faults.push(`schools pay ${-schoolCents} in their ledgers and ${inCents} for leads`)
  if (sourceCents !== outCents) faults.push(`the source earns ${sourceCents} in its ledger and ${outCents} for leads`)
  const marginCents = sold.reduce((sum, { priceCents }) => sum + priceCents - (priceCents * payoutPercent) / 100, 0)
  if (-schoolCents !== sourceCents + marginCents)
    faults.push(`${-schoolCents} came in, ${sourceCents} goes out, and the margin is ${marginCents}`)
  const { body } = await system.api.staff('GET', '/v1/ops/accounts/sources/landing/statement-verification')
  const verification = z.object({ faults: z.array(z.object({ fault: z.string() })) }).parse(body)
  return [...faults, ...verification.faults.map(({ fault }) => `landing: ${fault}`)]
}

/** Only what leads caused: payments and adjustments of staff are no revenue. */
async function sumLeadEntries(system: TestSystem, kind: AccountKind, ids: readonly string[]): Promise<number> {
  const lists = await Promise.all(ids.map((id) => listEntries(system, { kind, id })))
  return lists
    .flat()
    .filter(isOfLead)
    .reduce((sum, { amountCents }) => sum + amountCents, 0)
}

function isOfLead(entry: LedgerEntry): boolean {
  return 'deliveryId' in entry && entry.deliveryId !== undefined
}
