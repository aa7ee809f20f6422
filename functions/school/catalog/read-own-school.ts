import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { readOwnSchool as route } from '#shared/contract/routing/school-campaigns.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { toCircuitView } from '#shared/domain/delivery/circuit-state.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { readSchoolUsage } from '#shared/workflows/routing/read-cap-usage.ts'
import { toSchoolCampaign } from '../routing/to-school-campaign.ts'
import { toPrincipalOwner } from '../to-principal-owner.ts'

type ReadOwnSchoolDependencies = Pick<Dependencies, 'records' | 'composed' | 'routing' | 'endpointHealth' | 'now'>

/** Returns the calling school with its credit, its circuit breaker, its campaigns and their cap usage. */
export async function readOwnSchool(
  { principal }: Request<typeof route>,
  deps: ReadOwnSchoolDependencies,
): Promise<Reply<typeof route>> {
  const { schoolId, scope } = principal
  const schoolRecord = await deps.records.get('schools', schoolId)
  if (!schoolRecord) throw new Refusal('NOT_FOUND', 'The school of this API key was deleted.')
  const schoolFields = school.parse(schoolRecord.body)
  const { name, timeZone, status } = schoolFields
  const usage = await readSchoolUsage({ ...schoolFields, id: schoolId, generation: schoolRecord.generation }, deps)
  const circuitState = await deps.endpointHealth.getCircuit(toPrincipalOwner(principal))
  const circuit = toCircuitView(circuitState, deps.now().toISOString())
  const ids = await deps.composed.listDependents('schools', schoolId, 'campaigns')
  const campaignRecords = await Promise.all(ids.map((id) => deps.records.get('campaigns', id)))
  const campaigns = await Promise.all(campaignRecords.flatMap((one) => (one ? [toSchoolCampaign(one, deps)] : [])))
  return { status: 200, body: { schoolId, name, timeZone, status, scope, ...usage, circuit, campaigns } }
}

export const handler = defineHandler(route, readOwnSchool)
