import type { Route } from '#shared/contract/route.ts'
import { simulateCampaigns } from '#shared/contract/routing/simulation.ts'
import { addResults, type Result } from '#shared/domain/routing/simulation-result.ts'
import type { Call } from '../../app/api.tsx'

const answer = simulateCampaigns.responses[200].body
export type Pages = { before: Result; after: Result }

/** Asks for one page, and adds it to those before. A draft may lack what the API then asks for. */
export async function addPages(call: Call, body: object, pages: Pages | undefined) {
  const told = await call<Route>(simulateCampaigns, { body })
  if (told.problem) return { problem: { ...told.problem, detail: firstFault(told.problem) } }
  const { before, after, page } = answer.parse(told.body)
  const sum = pages
    ? { before: addResults(pages.before, before), after: addResults(pages.after, after) }
    : { before, after }
  return { body: { pages: sum, next: page.nextCursor ?? undefined } }
}

function firstFault({
  detail,
  errors = [],
}: {
  detail?: string | undefined
  errors?: { pointer: string; detail: string }[] | undefined
}) {
  const [first] = errors
  return first ? `${first.pointer.replace('/draft/campaigns/0/', '')} ${first.detail}.` : detail
}
