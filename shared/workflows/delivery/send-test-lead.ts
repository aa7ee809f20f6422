import type { Actor } from '../../domain/access/actor.ts'
import { newTraceparent } from '../../domain/capture/traceparent.ts'
import { program } from '../../domain/catalog/program.ts'
import { school } from '../../domain/catalog/school.ts'
import { acceptTestLeads, buildTestLead, testSource } from '../../domain/delivery/build-test-lead.ts'
import { campaign } from '../../domain/routing/campaign.ts'
import { decide } from '../../domain/routing/decide.ts'
import { planDeliveries } from '../../domain/routing/plan-deliveries.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { sha256 } from '../../platform/digests.ts'
import type { StoredRecord } from '../../store/catalog/record-store.ts'
import { auditChange } from '../access/audit-change.ts'
import { enqueueDeliveries } from '../delivery/enqueue-deliveries.ts'

type SendTestLeadDependencies = Pick<
  Dependencies,
  'records' | 'leads' | 'digests' | 'newId' | 'randomBytes' | 'now' | 'earlyQueue' | 'log'
>

/** How many test leads of one school may be sent in a minute, by the school and by staff together. */
export const maxTestLeadsPerMinute = 10

/**
 * Saves and delivers a lead of a fictional person like any other lead, but without hours, rules and caps.
 * @param actor who asked for it; the audit entry is part of the transaction
 */
export async function sendTestLead(campaignRecord: StoredRecord, actor: Actor, deps: SendTestLeadDependencies) {
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
    actor,
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
      bodyDigest: deps.digests.hashBody({ campaignId: campaignRecord.id }),
      body: JSON.stringify(response),
    },
  }
  const outcome = await deps.leads.saveOnce(routedLead, undefined, [auditChange(change, deps)])
  if (outcome !== 'saved') throw new Error(`A test lead was not saved: ${JSON.stringify(outcome)}`)
  await enqueueDeliveries([{ deliveryId, schoolId: candidate.campaign.schoolId }], deps)
  return response
}

async function buildCandidate({ id, generation, body }: StoredRecord, { records }: SendTestLeadDependencies) {
  const { endpoint: _, testEndpoint: __, ...terms } = campaign.parse(body)
  const schoolRecord = await records.get('schools', terms.schoolId)
  const programRecords = await Promise.all(terms.programIds.map((programId) => records.get('programs', programId)))
  return {
    campaign: { ...terms, id, generation },
    school: { ...school.parse(schoolRecord?.body), id: terms.schoolId, generation: schoolRecord?.generation },
    programs: programRecords.flatMap((record) => (record ? [{ ...program.parse(record.body), id: record.id }] : [])),
  }
}
