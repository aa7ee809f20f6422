import * as z from 'zod'
import type { Reply } from '#shared/contract/route.ts'
import { simulateCampaigns as route } from '#shared/contract/routing/simulation.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import type { Candidate } from '#shared/domain/routing/candidate.ts'
import { simulate } from '#shared/domain/routing/simulate.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { decodeContinuation, encodeContinuation } from '#shared/http/continuation-token.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { requireReferences } from '../catalog/require-references.ts'

type SimulateCampaignsDependencies = Pick<Dependencies, 'records' | 'pastLeads' | 'tokens' | 'now'>
type Body = Request<typeof route>['body']

/** Simulates draft campaigns on a page of past leads. Writes nothing. */
export async function simulateCampaigns(
  { body }: Request<typeof route>,
  deps: SimulateCampaignsDependencies,
): Promise<Reply<typeof route>> {
  const { limit } = body
  // Sort keys have instants with milliseconds.
  const [from, to] = [toFullInstant(body.from), toFullInstant(body.to)]
  const list = `simulation:${from}:${to}`
  const continuation =
    body.cursor === undefined ? undefined : continuationState.parse(await decodeContinuation(list, body.cursor, deps))
  const draftCandidates = await buildDraftCandidates(body, deps)
  const { past, next } = await deps.pastLeads.listDecidedLeads({
    from,
    to,
    limit,
    ...(continuation && { after: continuation.after }),
  })
  const { counters, ...result } = simulate(past, draftCandidates, continuation?.counters ?? {})
  const nextCursor = next ? await encodeContinuation(list, { after: next, counters }, deps) : null
  return { status: 200, body: { ...result, page: { nextCursor } } }
}

/** Returns the draft campaigns as candidates, each with its school and programs. */
async function buildDraftCandidates({ draft }: Body, deps: SimulateCampaignsDependencies): Promise<Candidate[]> {
  return Promise.all(
    draft.campaigns.map(async ({ id, endpoint: _endpoint, testEndpoint: _testEndpoint, ...terms }, campaignIndex) => {
      const storedCampaign = await deps.records.get('campaigns', id)
      // As in a PUT, the school's own pause and caps stay unless the draft names them.
      const ownParts = storedCampaign ? schoolParts.parse(storedCampaign.body) : {}
      const pointerPrefix = `/draft/campaigns/${campaignIndex}`
      const [schoolRecord, ...programRecords] = await requireReferences(
        [
          { pointer: `${pointerPrefix}/schoolId`, kind: 'schools', id: terms.schoolId },
          ...terms.programIds.map((programId, index) => {
            return { pointer: `${pointerPrefix}/programIds/${index}`, kind: 'programs', id: programId } as const
          }),
        ],
        deps,
      )
      const programs = programRecords.flatMap((record) =>
        record ? [{ id: record.id, ...program.parse(record.body) }] : [],
      )
      return {
        campaign: { id, ...ownParts, ...terms },
        school: { id: terms.schoolId, ...school.parse(schoolRecord?.body) },
        programs,
      }
    }),
  )
}

const schoolParts = z.object(campaign.pick({ schoolStatus: true, schoolCaps: true, counters: true }).shape)

function toFullInstant(instant: string): string {
  return new Date(instant).toISOString()
}

const continuationState = z.object({
  after: z.record(z.string(), z.string()),
  counters: z.record(z.string(), z.record(z.string(), z.number())),
})

export const handler = defineHandler(route, simulateCampaigns)
