import type { Receipt } from './kill/visitors.ts'
import type { Logged } from './school.ts'

/** What visitors and schools know. Nothing in it is from our own tables. */
export type Evidence = {
  /** Of every enquiry that was made. */
  enquiries: number
  receipts: readonly Receipt[]
  schools: readonly { id: string; most: number; log: readonly Logged[]; records: readonly string[] }[]
  /** Enquiries that were sent again after they were taken, and then answered otherwise. */
  answeredOtherwise: number
}

/** In what the evidence differs from what is promised. */
export function faultsIn({ enquiries, receipts, schools, answeredOtherwise }: Evidence): string[] {
  const named = Map.groupBy(
    receipts.flatMap(({ leadId, schools }) => schools.map((school) => ({ ...school, leadId }))),
    ({ schoolId }) => schoolId,
  )
  const ofHouse = [
    fault('enquiries were never taken', Array(Math.max(0, enquiries - receipts.length)).fill('enquiry')),
    fault('leads stand in two receipts', repeated(receipts.map(({ leadId }) => leadId))),
    fault(
      'leads were sold to nobody',
      receipts.filter(({ schools }) => schools.length === 0).map(({ leadId }) => leadId),
    ),
    fault('enquiries were answered otherwise when they came again', Array(answeredOtherwise).fill('enquiry')),
    fault(
      'ids came to two schools',
      repeated(schools.flatMap(({ log }) => [...new Set(log.map(({ webhookId }) => webhookId))])),
    ),
  ]
  const ofSchools = schools.flatMap(({ id, most, log, records }) => {
    const promised = new Map((named.get(id) ?? []).map(({ deliveryId, leadId }) => [deliveryId, leadId]))
    const arrived = Map.groupBy(log, ({ webhookId }) => webhookId)
    const ids = [...arrived.keys()]
    const recorded = new Set(records)
    const leads = Map.groupBy(log, ({ leadId }) => leadId)
    const differing = (of: (one: Logged) => string) => (many: readonly Logged[]) => new Set(many.map(of)).size > 1
    return [
      fault(
        'deliveries are lost',
        [...promised.keys()].filter((one) => !arrived.has(one)),
      ),
      fault('deliveries over the cap were promised', [...promised.keys()].slice(most)),
      fault('deliveries over the cap arrived', ids.slice(most)),
      fault(
        'deliveries arrived that no receipt names',
        ids.filter((one) => !promised.has(one)),
      ),
      fault(
        'deliveries are of another lead than the receipt says',
        ids.filter((one) => promised.has(one) && arrived.get(one)?.[0]?.leadId !== promised.get(one)),
      ),
      fault(
        'repeats have another body',
        keysOf(
          arrived,
          differing(({ sha256 }) => sha256),
        ),
      ),
      fault(
        'leads came under two ids',
        keysOf(
          leads,
          differing(({ webhookId }) => webhookId),
        ),
      ),
      fault(
        'requests had no valid signature',
        log.filter(({ verified }) => !verified).map(({ webhookId }) => webhookId),
      ),
      fault('records are there twice', repeated(records)),
      fault(
        'deliveries have no record',
        [...promised.keys()].filter((one) => !recorded.has(one)),
      ),
      fault(
        'records are of no delivery',
        records.filter((one) => !promised.has(one)),
      ),
    ].map((told) => told && `${id}: ${told}`)
  })
  return [...ofHouse, ...ofSchools].flatMap((told) => told ?? [])
}

function fault(what: string, which: readonly string[]): string | undefined {
  return which.length === 0 ? undefined : `${which.length} ${what}, such as ${which.slice(0, 3).join(', ')}`
}

function repeated(some: readonly string[]): string[] {
  return keysOf(
    Map.groupBy(some, (one) => one),
    ({ length }) => length > 1,
  )
}

function keysOf<Many>(groups: ReadonlyMap<string, Many>, wrong: (many: Many) => boolean): string[] {
  return [...groups].flatMap(([key, many]) => (wrong(many) ? [key] : []))
}
