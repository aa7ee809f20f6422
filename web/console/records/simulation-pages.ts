import type * as z from 'zod'
import type { Route } from '#shared/contract/route.ts'
import { simulateCampaigns } from '#shared/contract/simulation.ts'
import type { Call } from '../../app/api.tsx'

const answer = simulateCampaigns.responses[200].body
export type Result = z.output<typeof answer>['before']
export type Pages = { before: Result; after: Result }

/** Asks for one page, and adds it to those before. A draft may lack what the API then asks for. */
export async function addPages(call: Call, body: object, pages: Pages | undefined) {
  const told = await call<Route>(simulateCampaigns, { body })
  if (told.problem) return { problem: { ...told.problem, detail: firstFault(told.problem) } }
  const { before, after, page } = answer.parse(told.body)
  const sum = pages ? { before: added(pages.before, before), after: added(pages.after, after) } : { before, after }
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

function added(one: Result, other: Result): Result {
  const schools = { ...one.schools }
  for (const [id, { leads, revenueCents }] of Object.entries(other.schools))
    schools[id] = {
      leads: leads + (schools[id]?.leads ?? 0),
      revenueCents: revenueCents + (schools[id]?.revenueCents ?? 0),
    }
  return {
    leads: one.leads + other.leads,
    unmatched: one.unmatched + other.unmatched,
    schools,
    refusals: counted(one.refusals, other.refusals),
    capsReached: counted(one.capsReached, other.capsReached),
  }
}

type Counts = { [name: string]: number }
function counted(one: Counts, other: Counts): Counts {
  const sum = { ...one }
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count
  return sum
}
