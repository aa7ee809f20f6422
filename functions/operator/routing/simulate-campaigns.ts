import * as z from 'zod'
import type { Reply } from '#shared/contract/route.ts'
import { simulateCampaigns as route } from '#shared/contract/routing/simulation.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { school } from '#shared/domain/catalog/school.ts'
import type { Candidate } from '#shared/domain/routing/candidate.ts'
import { simulate } from '#shared/domain/routing/simulate.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { resume, suspend } from '#shared/http/suspended.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { requireReferences } from '../catalog/require-references.ts'

type Needs = Pick<Dependencies, 'records' | 'pastLeads' | 'tokens' | 'now'>
type Body = Request<typeof route>['body']

/** Runs a window of past leads through draft campaigns, and writes nothing. */
export async function simulateCampaigns({ body }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { limit } = body
  // Rows are found by instants written in full.
  const [from, to] = [full(body.from), full(body.to)]
  const list = `simulation:${from}:${to}`
  const before = body.cursor === undefined ? undefined : carried.parse(await resume(list, body.cursor, needs))
  const draft = await draftOf(body, needs)
  const { past, next } = await needs.pastLeads.decidedBetween({
    from,
    to,
    limit,
    ...(before && { after: before.after }),
  })
  const { counters, ...result } = simulate(past, draft, before?.counters ?? {})
  const nextCursor = next ? await suspend(list, { after: next, counters }, needs) : null
  return { status: 200, body: { ...result, page: { nextCursor } } }
}

/** The draft as routing would see it: each campaign with its school and programs. */
async function draftOf({ draft }: Body, needs: Needs): Promise<Candidate[]> {
  return Promise.all(
    draft.campaigns.map(async ({ id, endpoint: _endpoint, testEndpoint: _testEndpoint, ...terms }, at) => {
      const above = `/draft/campaigns/${at}`
      const [buyer, ...promoted] = await requireReferences(
        [
          { pointer: `${above}/schoolId`, kind: 'schools', id: terms.schoolId },
          ...terms.programIds.map((programId, index) => {
            return { pointer: `${above}/programIds/${index}`, kind: 'programs', id: programId } as const
          }),
        ],
        needs,
      )
      const programs = promoted.flatMap((kept) => (kept ? [{ id: kept.id, ...program.parse(kept.body) }] : []))
      return { campaign: { id, ...terms }, school: { id: terms.schoolId, ...school.parse(buyer?.body) }, programs }
    }),
  )
}

function full(instant: string): string {
  return new Date(instant).toISOString()
}

const carried = z.object({
  after: z.record(z.string(), z.string()),
  counters: z.record(z.string(), z.record(z.string(), z.number())),
})

export const handler = serve(route, simulateCampaigns)
