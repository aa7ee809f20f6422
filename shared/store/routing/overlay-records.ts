import { school } from '../../domain/catalog/school.ts'
import type { Candidate } from '../../domain/routing/candidate.ts'
import { composeCandidates, pickIdentity } from '../catalog/compose-rows.ts'
import type { PublishIntent } from '../catalog/publish-intents.ts'
import type { RecordStore } from '../catalog/record-store.ts'

type RoutingPartition = { careerSlug: string; state: string; candidates: readonly Candidate[] }

/**
 * Returns the candidates of a career and state as the records are now. Composed candidates may be out of date for the
 * records of open intents; those are read, and no others.
 */
export async function overlayRecords(
  { careerSlug, state, candidates }: RoutingPartition,
  intents: readonly PublishIntent[],
  records: Pick<RecordStore, 'get'>,
): Promise<Candidate[]> {
  const openIds = (kind: PublishIntent['kind']) => new Set(intents.flatMap((one) => (one.kind === kind ? one.id : [])))
  const [openSchools, openPrograms, openCampaigns] = [openIds('schools'), openIds('programs'), openIds('campaigns')]
  const isOutdated = ({ campaign, programs }: Candidate) =>
    openCampaigns.has(campaign.id) || programs.some(({ id }) => openPrograms.has(id))
  const outdatedIds = new Set([...openCampaigns, ...candidates.filter(isOutdated).map(({ campaign }) => campaign.id)])
  const currentCandidates = candidates.filter((one) => !isOutdated(one))
  const schools = new Map(
    await Promise.all(
      [...new Set(currentCandidates.map((one) => one.school.id))]
        .filter((id) => openSchools.has(id))
        .map(async (id) => [id, await records.get('schools', id)] as const),
    ),
  )
  const composedAgain = await Promise.all([...outdatedIds].map((id) => composeCandidates(id, records)))
  return [
    ...currentCandidates.flatMap((one) => {
      if (!schools.has(one.school.id)) return one
      const record = schools.get(one.school.id)
      return record ? { ...one, school: { ...pickIdentity(record), ...school.parse(record.body) } } : []
    }),
    ...composedAgain.flatMap((one) =>
      (one?.candidates ?? []).flatMap((row) =>
        row.careerSlug === careerSlug && row.state === state ? row.candidate : [],
      ),
    ),
  ]
}
