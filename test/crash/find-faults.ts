import type { Receipt } from './kill/start-visitors.ts'
import type { LoggedRequest } from './open-school.ts'

/** What visitors and schools observed. It contains nothing from our tables. */
export type CrashEvidence = {
  /** Receipts of all submissions. */
  submissionCount: number
  receipts: readonly Receipt[]
  schools: readonly { id: string; maxLeads: number; log: readonly LoggedRequest[]; records: readonly string[] }[]
  /** Repeated submissions whose response changed. */
  changedResponses: number
}

/** Lists the differences between the evidence and the promises. */
export function findFaults({ submissionCount, receipts, schools, changedResponses }: CrashEvidence): string[] {
  const promisesBySchool = Map.groupBy(
    receipts.flatMap(({ leadId, schools }) => schools.map((school) => ({ ...school, leadId }))),
    ({ schoolId }) => schoolId,
  )
  const hostFaults = [
    formatFault('leads were never accepted', Array(Math.max(0, submissionCount - receipts.length)).fill('lead')),
    formatFault('leads stand in two receipts', findRepeated(receipts.map(({ leadId }) => leadId))),
    formatFault(
      'leads were sold to nobody',
      receipts.filter(({ schools }) => schools.length === 0).map(({ leadId }) => leadId),
    ),
    formatFault('leads got another response when they were sent again', Array(changedResponses).fill('lead')),
    formatFault(
      'ids came to two schools',
      findRepeated(schools.flatMap(({ log }) => [...new Set(log.map(({ webhookId }) => webhookId))])),
    ),
  ]
  const schoolFaults = schools.flatMap(({ id, maxLeads, log, records }) => {
    const promisedLeads = new Map(
      (promisesBySchool.get(id) ?? []).map(({ deliveryId, leadId }) => [deliveryId, leadId]),
    )
    const requestsById = Map.groupBy(log, ({ webhookId }) => webhookId)
    const ids = [...requestsById.keys()]
    const recordedIds = new Set(records)
    const leads = Map.groupBy(log, ({ leadId }) => leadId)
    const hasDifferent = (getValue: (one: LoggedRequest) => string) => (many: readonly LoggedRequest[]) =>
      new Set(many.map(getValue)).size > 1
    return [
      formatFault(
        'deliveries are lost',
        [...promisedLeads.keys()].filter((one) => !requestsById.has(one)),
      ),
      formatFault('deliveries over the cap were promised', [...promisedLeads.keys()].slice(maxLeads)),
      formatFault('deliveries over the cap arrived', ids.slice(maxLeads)),
      formatFault(
        'deliveries arrived that no receipt names',
        ids.filter((one) => !promisedLeads.has(one)),
      ),
      formatFault(
        'deliveries are of another lead than the receipt says',
        ids.filter((one) => promisedLeads.has(one) && requestsById.get(one)?.[0]?.leadId !== promisedLeads.get(one)),
      ),
      formatFault(
        'repeats have another body',
        findKeys(
          requestsById,
          hasDifferent(({ sha256 }) => sha256),
        ),
      ),
      formatFault(
        'leads came under two ids',
        findKeys(
          leads,
          hasDifferent(({ webhookId }) => webhookId),
        ),
      ),
      formatFault(
        'requests had no valid signature',
        log.filter(({ verified }) => !verified).map(({ webhookId }) => webhookId),
      ),
      formatFault('records are there twice', findRepeated(records)),
      formatFault(
        'deliveries have no record',
        [...promisedLeads.keys()].filter((one) => !recordedIds.has(one)),
      ),
      formatFault(
        'records are of no delivery',
        records.filter((one) => !promisedLeads.has(one)),
      ),
    ].map((message) => message && `${id}: ${message}`)
  })
  return [...hostFaults, ...schoolFaults].flatMap((message) => message ?? [])
}

function formatFault(what: string, which: readonly string[]): string | undefined {
  return which.length === 0 ? undefined : `${which.length} ${what}, such as ${which.slice(0, 3).join(', ')}`
}

function findRepeated(some: readonly string[]): string[] {
  return findKeys(
    Map.groupBy(some, (one) => one),
    ({ length }) => length > 1,
  )
}

function findKeys<Many>(groups: ReadonlyMap<string, Many>, isWrong: (many: Many) => boolean): string[] {
  return [...groups].flatMap(([key, many]) => (isWrong(many) ? [key] : []))
}
