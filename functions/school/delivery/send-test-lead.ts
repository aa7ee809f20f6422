import { sendTestLead as route } from '#shared/contract/delivery/test-leads.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { newTraceparent } from '#shared/domain/capture/traceparent.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { acceptTestLeads, buildTestLead, testSource } from '#shared/domain/delivery/build-test-lead.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { decide } from '#shared/domain/routing/decide.ts'
import { planDeliveries } from '#shared/domain/routing/plan-deliveries.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { auditChange } from '#shared/workflows/access/audit-change.ts'
import { enqueueDeliveries } from '#shared/workflows/delivery/enqueue-deliveries.ts'
import { requireOwnCampaign } from '../routing/to-school-campaign.ts'

type SendTestLeadDependencies = Pick<
  Dependencies,
  'records' | 'leads' | 'digests' | 'newId' | 'randomBytes' | 'now' | 'earlyQueue' | 'log'
>

const maxPerMinute = 10

/** Saves and delivers a lead of a fictional person like any other lead, but without hours, rules and caps. */
export async function sendTestLead(
  request: Request<typeof route>,
  deps: SendTestLeadDependencies,
): Promise<Reply<typeof route>> {
  const { body, principal, spend } = request
  const campaignRecord = await requireOwnCampaign(body.campaignId, principal, deps)
  await spend({ policy: 'testLeads', owner: principal.schoolId, limit: maxPerMinute })
  const candidate = await buildCandidate(campaignRecord, deps)
  const leadId = deps.newId('lead')
  const { lead, consent, routingFacts } = buildTestLead(candidate, {
    leadId,
    at: deps.now().toISOString(),
    traceparent: newTraceparent(deps.randomBytes),
    digestOf: sha256,
  })
  const candidates = [acceptTestLeads(candidate)]
  const inputs = { ...routingFacts, candidates, counters: {} }
  const decision = decide(inputs)
  const person = deps.digests.hashPerson(lead.contact)
  const newDeliveryId = () => deps.newId('delivery')
  const planInput = {
    lead,
    profile: routingFacts.profile,
    consent,
    source: testSource,
    person,
    decision,
    newDeliveryId,
  }
  const plannedDeliveries = planDeliveries({ ...planInput, candidates, counters: {} })
  const [first] = plannedDeliveries
  if (!first) throw new Error(`The campaign refused a test lead: ${decision.verdicts[0]?.reason}`)
  const { deliveryId } = first.delivery
  const response = { leadId, deliveryId }
  const change = {
    actor: toActor(principal),
    action: 'test-lead.sent',
    record: { kind: 'campaigns', id: campaignRecord.id },
    after: response,
  } as const
  const routedLead = {
    decision,
    inputs,
    plannedDeliveries,
    lead: { ...lead, outcome: 'accepted' as const },
    consent,
    dedupeMarkers: [],
    people: [person.email, person.phone],
    response: {
      sourceId: testSource.id,
      keyDigest: deps.digests.hashIdempotencyKey(leadId),
      bodyDigest: deps.digests.hashBody(body),
      body: JSON.stringify(response),
    },
  }
  const outcome = await deps.leads.saveOnce(routedLead, undefined, [auditChange(change, deps)])
  if (outcome !== 'saved') throw new Error(`A test lead was not saved: ${JSON.stringify(outcome)}`)
  await enqueueDeliveries([{ deliveryId, schoolId: principal.schoolId }], deps)
  return { status: 202, body: response }
}

async function buildCandidate(
  { id, generation, body }: Awaited<ReturnType<typeof requireOwnCampaign>>,
  { records }: SendTestLeadDependencies,
) {
  const { endpoint: _, testEndpoint: __, ...terms } = campaign.parse(body)
  const schoolRecord = await records.get('schools', terms.schoolId)
  const programRecords = await Promise.all(terms.programIds.map((programId) => records.get('programs', programId)))
  return {
    campaign: { ...terms, id, generation },
    school: { ...school.parse(schoolRecord?.body), id: terms.schoolId, generation: schoolRecord?.generation },
    programs: programRecords.flatMap((record) => (record ? [{ ...program.parse(record.body), id: record.id }] : [])),
  }
}

export const handler = defineHandler(route, sendTestLead)
