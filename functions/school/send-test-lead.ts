import { sendTestLead as route } from '#shared/contract/delivery/test-leads.ts'
import type { Reply } from '#shared/contract/route.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { openToTests, testEnquiry, testSource } from '#shared/domain/delivery/test-lead.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { decide } from '#shared/domain/routing/decide.ts'
import { takeLead } from '#shared/domain/routing/take-lead.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { hurry } from '#shared/workflows/delivery/hurry.ts'
import { ownCampaign } from './told-campaign.ts'

type Needs = Pick<Dependencies, 'records' | 'leads' | 'digests' | 'newId' | 'now' | 'fastPath' | 'log'>

const mostInAMinute = 10

/** A lead of nobody, kept and delivered as any other. Hours, rules and caps do not stand in its way. */
export async function sendTestLead(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { body, principal, spend } = request
  const kept = await ownCampaign(body.campaignId, principal, needs)
  await spend({ policy: 'testLeads', whose: principal.schoolId, limit: mostInAMinute })
  const candidate = await candidateOf(kept, needs)
  const leadId = needs.newId('lead')
  const { lead, consent, known } = testEnquiry(candidate, { leadId, at: needs.now().toISOString(), digestOf: sha256 })
  const inputs = { ...known, candidates: [candidate], counters: {} }
  const decision = decide(inputs)
  const person = needs.digests.ofPerson(lead.contact)
  const newDeliveryId = () => needs.newId('delivery')
  const given = { lead, enquiry: known.enquiry, consent, source: testSource, person, decision, newDeliveryId }
  const taken = takeLead({ ...given, candidates: [candidate], counters: {} })
  const [first] = taken
  if (!first) throw new Error(`A test lead was refused: ${decision.verdicts[0]?.reason}`)
  const { deliveryId } = first.delivery
  const answer = { leadId, deliveryId }
  const saved = await needs.leads.saveOnce({
    decision,
    inputs,
    takers: taken.map(({ event, ...taker }) => ({ ...taker, body: JSON.stringify(event) })),
    lead: { ...lead, outcome: 'accepted' },
    consent,
    guards: [],
    people: [person.email, person.phone],
    answer: {
      sourceId: testSource.id,
      keyDigest: needs.digests.ofIdempotencyKey(leadId),
      bodyDigest: needs.digests.ofBody(body),
      body: JSON.stringify(answer),
    },
  })
  if (saved !== 'saved') throw new Error(`A test lead was not saved: ${JSON.stringify(saved)}`)
  await hurry([{ deliveryId, schoolId: principal.schoolId }], needs)
  return { status: 202, body: answer }
}

async function candidateOf({ id, body }: Awaited<ReturnType<typeof ownCampaign>>, { records }: Needs) {
  const { endpoint: _, testEndpoint: __, ...terms } = campaign.parse(body)
  const buyer = await records.get('schools', terms.schoolId)
  const promoted = await Promise.all(terms.programIds.map((programId) => records.get('programs', programId)))
  return openToTests({
    campaign: { ...terms, id },
    school: { ...school.parse(buyer?.body), id: terms.schoolId },
    programs: promoted.flatMap((kept) => (kept ? [{ ...program.parse(kept.body), id: kept.id }] : [])),
  })
}

export const handler = serve(route, sendTestLead)
