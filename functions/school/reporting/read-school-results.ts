import { Refusal } from '#shared/contract/problems.ts'
import { readSchoolResults as route } from '#shared/contract/reporting/school-results.ts'
import type { Reply } from '#shared/contract/route.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { isNotice } from '#shared/domain/delivery/notice.ts'
import { summarizeWeeks, toDayStart } from '#shared/domain/reporting/school-results.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toPrincipalOwner } from '../to-principal-owner.ts'

type ReadSchoolResultsDependencies = Pick<Dependencies, 'deliveries' | 'rollUps' | 'records' | 'tokens' | 'now'>

/** Counts one page of the leads of the calling school by week and campaign. */
export async function readSchoolResults(
  { query, principal }: Request<typeof route>,
  deps: ReadSchoolResultsDependencies,
): Promise<Reply<typeof route>> {
  const record = await deps.records.get('schools', principal.schoolId)
  if (!record) throw new Refusal('NOT_FOUND', 'School not found.')
  const { timeZone } = school.parse(record.body)
  const owner = toPrincipalOwner(principal)
  const from = toDayStart(query.since, timeZone)
  return replyWithPage(`results:${owner}:${query.since}`, { route, query }, deps, async (pageRequest) => {
    const span = { from, until: deps.now().toISOString() }
    const { outlines, ...rest } = await deps.deliveries.listOutlines(owner, span, pageRequest)
    const rows = await Promise.all(
      outlines.map(async ({ deliveryId, campaignId }) => {
        const delivery = await deps.rollUps.findDelivery(deliveryId)
        return delivery && !delivery.test && !isNotice(delivery) ? [{ ...delivery, campaignId }] : []
      }),
    )
    return { ...rest, timeZone, results: summarizeWeeks(rows.flat(), timeZone) }
  })
}

export const handler = defineHandler(route, readSchoolResults)
