import * as z from 'zod'
import { erasePerson } from '#shared/contract/aftercare/erasures.ts'
import { searchSuppressions } from '#shared/contract/aftercare/suppressions.ts'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { deliveryKey, leadKey } from '#shared/store/keys.ts'
import {
  aLead,
  aPerson,
  createTestSystem,
  postLead,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'

/** How a delivery came to its state. Failures come last, because they open the circuit of the school. */
export const roads = [
  'not sent',
  'delivered',
  'resent',
  'credited',
  'erased',
  'rejected',
  'failed',
  'being sent',
  'opened',
  'not accepted',
  'on hold',
] as const
export type Road = (typeof roads)[number]
export const stops = ['none', 'withdrawn', 'suppressed'] as const
export type Stop = (typeof stops)[number]

/**
 * `markers`: texts that only this person's contact details contain. `quoteMarkers`: texts that only the answers of the
 * person, and a response that repeats contact details in a form that nothing redacts, contain.
 */
export type Scenario = {
  road: Road
  stop: Stop
  leadId: string
  deliveryId: string
  email: string
  markers: readonly string[]
  quoteMarkers: readonly string[]
  /** A text that only what its school and staff wrote about the lead contains. */
  noteMarker: string
  /** Of a suppressed person. */
  suppression?: { suppressionId: string; withdrawalId?: string | undefined }
}
export type ScenarioSystem = {
  system: TestSystem
  schoolKey: string
  scenarios: readonly Scenario[]
  erasureId: string
}

/** One lead of tall-grass for each road and stop. Its system repeats what it receives, also in a form that nothing redacts. */
export async function createLeadScenarios(): Promise<ScenarioSystem> {
  const system = await createTestSystem()
  const schoolKey = await system.api.schoolKey('tall-grass')
  const scenarios: Scenario[] = []
  let erasureId = ''
  for (const [number, { road, stop }] of listCombinations().entries()) {
    const person = aPerson(number + 1, {
      firstName: `Quirin${toLetters(number)}`,
      lastName: `Vasquez${toLetters(number)}`,
      email: `marker.${toLetters(number)}@mail.example`,
    })
    const scenario = await submitScenario(system, { road, stop }, person)
    scenarios.push(scenario)
    await walkRoad({ system, schoolKey }, scenario)
    if (stop === 'withdrawn') await markWithdrawn(system, scenario)
    if (stop === 'suppressed') scenario.suppression = await suppress(system, scenario)
    if (road === 'erased') {
      const { body } = await system.api.staff('POST', '/v1/ops/erasures', { body: { email: person.email } })
      erasureId = erasePerson.responses[201].body.parse(body).erasureId
    }
  }
  return { system, schoolKey, scenarios, erasureId }
}

function listCombinations() {
  return roads.flatMap((road) => stops.map((stop) => ({ road, stop })))
}

/** Letters alone, because a number would be found in other texts. */
function toLetters(number: number): string {
  return [...String(number + 10)].map((digit) => 'kolmnprstv'[Number(digit)]).join('')
}

type Person = ReturnType<typeof aPerson>
const toNote = (email: string) => `Note of ${email.split('@')[0]?.toUpperCase()}`
const toHobby = ({ email }: Person) => `Hobby of ${email.split('@')[0]?.toUpperCase()}`

async function submitScenario(
  system: TestSystem,
  { road, stop }: Pick<Scenario, 'road' | 'stop'>,
  person: Person,
): Promise<Scenario> {
  const match = await requestMatch(system)
  const body = aLead(match, 1, {
    contact: person,
    schoolIds: ['tall-grass'],
    answers: { hobby: toHobby(person) },
  })
  const response = await postLead(system, body, { 'idempotency-key': `scenario-${person.email}` })
  const { leadId, schools } = leadReceipt.parse(response.body)
  const deliveryId = schools[0]?.deliveryId ?? ''
  const phone = person.phone.replaceAll(/\D/g, '')
  const { email } = person
  const markers = [person.firstName, person.lastName, email, phone, phone.slice(3)]
  return {
    road,
    stop,
    leadId,
    deliveryId,
    email,
    markers,
    quoteMarkers: [btoa(email), toHobby(person)],
    noteMarker: toNote(email),
  }
}

async function walkRoad(
  { system, schoolKey }: Pick<ScenarioSystem, 'system' | 'schoolKey'>,
  { road, deliveryId, noteMarker: note }: Scenario,
): Promise<void> {
  const { api } = system
  const asSchool = (path: string, body?: object) =>
    api.call('POST', path, { headers: { authorization: `Bearer ${schoolKey}` }, ...(body && { body }) })
  const attempt = async (status: number) => {
    api.webhooks.respond = ({ body }) => {
      const { email } = webhookBody.parse(JSON.parse(body)).data.contact
      return webhookResponse(status, `{"echo":${body},"opaque":"${btoa(email)}"}`)
    }
    await api.deliver(deliveryId)
  }
  const takeWithNote = async () => {
    await attempt(200)
    await asSchool(`/v1/school/deliveries/${deliveryId}/dispositions`, { disposition: 'contacted', note })
  }
  const steps: { [road in Road]: () => Promise<unknown> } = {
    'not sent': async () => {},
    'not accepted': () => attempt(500),
    'being sent': () => lease(system, deliveryId),
    'on hold': async () => {
      await attempt(500)
      const delivery = await findDelivery(system, deliveryId)
      await api.createDependencies('worker/deliver').deliveries.park(delivery, addSeconds(now(system), 3600))
    },
    delivered: () => takeWithNote(),
    resent: async () => {
      await takeWithNote()
      await asSchool(`/v1/school/deliveries/${deliveryId}/replay`)
    },
    opened: async () => {
      await attempt(500)
      await asSchool(`/v1/school/leads/${deliveryId}/take`)
    },
    rejected: () => settle(system, deliveryId, 'rejected'),
    failed: () => settle(system, deliveryId, 'dead'),
    credited: async () => {
      await takeWithNote()
      await asSchool(`/v1/school/deliveries/${deliveryId}/returns`, { reason: 'duplicate', note })
      await api.staff('POST', `/v1/ops/deliveries/${deliveryId}/return/accept`, { body: { answer: note } })
    },
    erased: () => takeWithNote(),
  }
  await steps[road]()
}

async function lease(system: TestSystem, deliveryId: string) {
  const { deliveries } = system.api.createDependencies('worker/deliver')
  const at = now(system)
  const until = addSeconds(at, 3600)
  const delivery = await findDelivery(system, deliveryId)
  const request = {
    token: `att_${deliveryId}`,
    now: at,
    until,
    permitNumber: Number(deliveryId.slice(-6)),
    permitUntil: until,
  }
  const result = await deliveries.lease(delivery, request)
  if (typeof result === 'string') throw new Error(`${deliveryId} was not leased: ${result}`)
  return result
}

async function settle(system: TestSystem, deliveryId: string, state: 'rejected' | 'dead') {
  const leased = await lease(system, deliveryId)
  const { deliveries } = system.api.createDependencies('worker/deliver')
  const at = now(system)
  const { email } = webhookBody.parse(JSON.parse(leased.body)).data.contact
  const attempt = {
    attemptId: leased.leaseToken,
    deliveryId,
    number: leased.attempts,
    startedAt: at,
    endedAt: at,
    kind: 'webhook' as const,
    stage: 'answered',
    outcome: state,
    status: 200,
    reason: btoa(email),
    response: btoa(email),
    reference: btoa(email),
  }
  await deliveries.settle(leased, { state, at, permitFreeAt: at, attempt, countedFailures: 1, uncertain: true })
}

async function findDelivery(system: TestSystem, deliveryId: string) {
  const delivery = await system.api.createDependencies('worker/deliver').deliveries.find(deliveryId)
  if (!delivery || delivery.state === 'erased') throw new Error(`${deliveryId} is not there.`)
  return delivery
}

/** The marks of a withdrawal without its suppression, as they stay after a later consent. */
async function markWithdrawn(system: TestSystem, { leadId, deliveryId }: Scenario) {
  const set = { withdrawnAt: now(system) }
  await system.api.engine.transact(
    [leadKey(leadId), deliveryKey(deliveryId)].map((key) => ({ in: 'leads', change: key, set }) as const),
  )
}

async function suppress({ api, sourceKey }: TestSystem, { email }: Scenario) {
  await api.call('POST', '/v1/consents/withdrawals', { headers: { 'x-source-key': sourceKey }, body: { email } })
  const { body } = await api.staff('POST', '/v1/ops/suppressions/searches', { body: { email } })
  const [suppression] = searchSuppressions.responses[200].body.parse(body).suppressions
  if (!suppression) throw new Error(`${email} was not suppressed.`)
  return suppression
}

const now = ({ api }: TestSystem) => api.clock.now.toISOString()
const webhookBody = z.object({ data: z.object({ contact: z.object({ email: z.string() }) }) })
