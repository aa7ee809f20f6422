import { Refusal } from '#shared/contract/problems.ts'
import { usualTerms } from '#shared/domain/aftercare/lead-return.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { isOpen } from '#shared/domain/routing/hours.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Kept } from '#shared/store/catalog/records.ts'
import { capStandings } from '#shared/workflows/routing/cap-standings.ts'

type Needs = Pick<Dependencies, 'records' | 'routing' | 'now'>

/** A campaign of the school that asks. Another school's is as absent as one that never was. @throws Refusal */
export async function ownCampaign(
  id: string,
  { schoolId }: { schoolId: string },
  { records }: Pick<Dependencies, 'records'>,
): Promise<Kept> {
  const kept = await records.get('campaigns', id)
  if (!kept || campaign.parse(kept.body).schoolId !== schoolId)
    throw new Refusal('NOT_FOUND', 'There is no campaign of that id.')
  return kept
}

/** A campaign as its school sees it: what it bought, how full its caps are, and whether it is open now. */
export async function toldCampaign(
  { id, version, body }: Pick<Kept, 'id' | 'version'> & { body: unknown },
  needs: Needs,
) {
  const bought = campaign.parse(body)
  const { schoolId, programIds, name, status, priceCents, caps, hours, endpoint, testEndpoint } = bought
  const buyer = await needs.records.get('schools', schoolId)
  const { timeZone } = school.parse(buyer?.body)
  const at = needs.now().toISOString()
  const programs = await Promise.all(
    programIds.map(async (programId) => {
      const kept = await needs.records.get('programs', programId)
      return { id: programId, name: kept ? program.parse(kept.body).name : programId }
    }),
  )
  return {
    id,
    version,
    ...(name !== undefined && { name }),
    status,
    priceCents,
    programs,
    caps,
    standings: await capStandings({ id, caps, timeZone }, needs),
    ...(hours && { hours }),
    open: isOpen(hours, at, timeZone),
    endpoint,
    ...(testEndpoint && { testEndpoint }),
    returns: bought.returns ?? usualTerms,
  }
}
