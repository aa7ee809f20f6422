import * as z from 'zod'
import type { Engine, Key, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { unpack } from '#shared/store/packed.ts'
import { getWriteKey } from './prepare-system.ts'

export type Observations = ReturnType<typeof observeWrites>['observations']

const ledgerEntry = z.object({ kind: z.string(), amountCents: z.number() })
const storedPerson = z
  .object({ person: z.object({ role: z.string() }).optional() })
  .transform(({ person }) => ({ role: person?.role }))
const schoolNames = z.object({ name: z.string(), legalName: z.string().optional() })

/** Records when rows were really written. A process cannot know it, because the response to its write may be lost. */
export function observeWrites(
  engine: Engine<Table>,
  now: () => number,
  onWrite: (writes: readonly Write<Table>[]) => void,
) {
  const due = new Map<string, { index: string; at: number; ends: number }>()
  const closedEndpoints = new Map<string, string>()
  const withdrawn = new Map<string, number>()
  const listed = new Map<string, number>()
  const access: { personId: string; role: string | undefined; at: number }[] = []
  const payments = new Map<string, number>()
  const leases = new Map<string, number[]>()
  const erased = new Map<string, number>()
  const deliveries = new Set<string>()
  const leads = new Set<string>()
  const bounces: { deliveryId: string; messageId: string }[] = []
  const catalogKeys = new Map<string, Key>()
  const legalNames: { schoolId: string; legalName: string; at: number }[] = []

  function recordWrite(write: Write<Table>) {
    const { pk, sk } = getWriteKey(write)
    if (write.in === 'catalog') catalogKeys.set(`${pk} ${sk}`, { pk, sk })
    if ('put' in write && pk === 'RECORD#schools') {
      const { name, legalName = name } = schoolNames.parse(unpack(write.put))
      legalNames.push({ schoolId: sk, legalName, at: now() })
    }
    const values = 'put' in write ? write.put : 'change' in write ? (write.set ?? {}) : {}
    if ('delete' in write) closedEndpoints.delete(`${pk} ${sk}`)
    else if (sk.startsWith('DISABLED#')) closedEndpoints.set(`${pk} ${sk}`, pk.slice('ENDPOINTS#'.length))
    if ('put' in write && pk.startsWith('SUPPRESSED#')) {
      if (!withdrawn.has(pk)) withdrawn.set(pk, now())
      if (!listed.has(pk) && JSON.stringify(write.put).includes('"list":')) listed.set(pk, now())
    }
    if (pk.startsWith('ACCESS#') && sk === 'PERSON') {
      const { role } = storedPerson.parse('put' in write ? write.put : {})
      if (!('change' in write) && !('check' in write))
        access.push({ personId: pk.slice('ACCESS#'.length), role, at: now() })
    }
    if ('put' in write && pk.startsWith('LEDGER#schools#')) {
      const { kind, amountCents } = ledgerEntry.parse(write.put.entry)
      if (kind === 'payment') payments.set(`${pk} ${sk}`, amountCents)
    }
    if ('put' in write && sk === 'DELIVERY') deliveries.add(pk.slice('DELIVERY#'.length))
    if ('put' in write && sk === 'LEAD') leads.add(pk.slice('LEAD#'.length))
    if ('leaseUntil' in values) leases.set(pk, [...(leases.get(pk) ?? []), now()])
    if (values.state === 'erased') erased.set(pk, now())
    if ('put' in write && sk === 'LEAD') due.delete(pk)
    if (typeof values.dueSk === 'string')
      due.set(pk, {
        index: sk,
        at: Date.parse(values.dueSk.slice(0, values.dueSk.indexOf('#'))),
        ends:
          typeof values.expiresAt === 'number'
            ? values.expiresAt * 1000
            : (due.get(pk)?.ends ?? Number.POSITIVE_INFINITY),
      })
    if ('change' in write && write.remove?.includes('dueSk')) due.delete(pk)
  }

  const observations = {
    withdrawn,
    /** When a do-not-call list that names the person was stored, by the key of the suppression. */
    listed,
    /** Who may sign in with which role, in the order of the writes. Without a role: no longer. */
    access,
    /** The amounts that schools paid, by the key of the entry. */
    payments,
    leases,
    erased,
    deliveries,
    leads,
    bounces,
    /** The keys of all rows of the catalog that were ever written. */
    listCatalogKeys: () => [...catalogKeys.values()],
    /** The legal names of schools, in the order in which they were written. */
    legalNames,
    closedEndpointCampaigns: () => new Set(closedEndpoints.values()),
    /** Returns when the next delivery and the next lead are due. */
    nextDue() {
      const next = { delivery: Number.POSITIVE_INFINITY, lead: Number.POSITIVE_INFINITY }
      for (const { index, at, ends } of due.values()) {
        if (ends <= now()) continue
        // The workers of these rows have their own schedules.
        if (index === 'REPLAY' || index === 'ERASURE') continue
        const which = index === 'LEAD' ? 'lead' : 'delivery'
        if (at < next[which]) next[which] = at
      }
      return next
    },
  }
  return {
    observations,
    /** Records the rows that a world starts with. */
    recordWrite,
    engine: {
      ...engine,
      async transact(writes: readonly Write<Table>[]) {
        const outcome = await engine.transact(writes)
        if (!outcome.done) return outcome
        for (const write of writes) recordWrite(write)
        onWrite(writes)
        return outcome
      },
    },
  }
}
