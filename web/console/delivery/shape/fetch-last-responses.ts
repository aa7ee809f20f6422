import { readLead } from '#shared/contract/capture/leads.ts'
import { listDeliveries } from '#shared/contract/delivery/deliveries.ts'
import { type BrowserClient, captureProblem } from '../../../app/browser-client.tsx'
import type { ApiProblem } from '../../../app/text/problem-text.ts'

const states = ['rejected', 'delivered', 'pending', 'dead'] as const
const leadsPerState = 2

/** The latest different responses to leads of a campaign, without personal data, as attempts keep them. */
export async function fetchLastResponses(
  campaignId: string,
  call: BrowserClient,
): Promise<{ responses?: readonly string[]; problem?: ApiProblem | undefined }> {
  const lists = await Promise.all(
    states.map((state) => captureProblem(() => call(listDeliveries, { query: { state, campaignId } }))),
  )
  const failed = lists.find(({ problem }) => problem)
  if (failed) return { problem: failed.problem }
  const leadIds = lists.flatMap(({ body }) =>
    (body?.deliveries ?? []).slice(0, leadsPerState).map(({ leadId }) => leadId),
  )
  const leads = await Promise.all(
    [...new Set(leadIds)].map((leadId) => captureProblem(() => call(readLead, { params: { leadId } }))),
  )
  const responses = leads.flatMap(({ body }) =>
    (body?.deliveries ?? [])
      .filter((delivery) => delivery.campaignId === campaignId)
      .flatMap(({ attemptLog }) => attemptLog.flatMap(({ response }) => response ?? [])),
  )
  return { responses: [...new Set(responses)] }
}
