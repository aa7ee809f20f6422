import type { Route } from '#shared/contract/route.ts'
import { simulateCampaigns } from '#shared/contract/routing/simulation.ts'
import { addResults, type SimulationResult } from '#shared/domain/routing/simulation-result.ts'
import type { BrowserClient } from '../../app/browser-client.tsx'

const responseSchema = simulateCampaigns.responses[200].body
export type SimulationComparison = { before: SimulationResult; after: SimulationResult }

/** Fetches one page of a simulation and adds it to the earlier ones. The API refuses an incomplete draft. */
export async function addSimulationPage(call: BrowserClient, body: object, pages: SimulationComparison | undefined) {
  const response = await call<Route>(simulateCampaigns, { body })
  if (response.problem) return { problem: response.problem }
  const { before, after, page } = responseSchema.parse(response.body)
  const sum = pages
    ? { before: addResults(pages.before, before), after: addResults(pages.after, after) }
    : { before, after }
  return { body: { pages: sum, next: page.nextCursor ?? undefined } }
}
