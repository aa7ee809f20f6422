import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import {
  aLead,
  createTestSystem,
  postLead,
  readLead,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

export const ada = { email: 'ada@mail.example', phone: '(512) 789-1111' }
const adaContact = { firstName: 'Ada', lastName: 'Example', zip: '78701', ...ada }

/** A lead of Ada to two schools, one by webhook and one by email. */
export async function submitAda(system: TestSystem, fields: object = {}): Promise<string> {
  system.api.advanceClock(1)
  const body = aLead(await requestMatch(system), 1, { contact: adaContact, ...fields })
  const response = await postLead(system, body)
  if (response.status !== 201) throw new Error(`The lead was refused: ${response.text}`)
  return leadReceipt.parse(response.body).leadId
}

export async function readStory(system: TestSystem, leadId: string) {
  return leadTimeline.parse(await readLead(system, leadId))
}

/** Ada withdraws on a landing page, with its publishable key. */
export function withdrawOnPage(system: TestSystem, body: object = ada, sourceKey = system.sourceKey) {
  return system.api.call('POST', '/v1/consents/withdrawals', { headers: { 'x-source-key': sourceKey }, body })
}

/** Everything that the worker and the schools do next. */
export async function settleWithdrawal(system: TestSystem) {
  await system.api.continueWithdrawals()
  await deliverDue(system)
}

export const listNotices = ({ api }: TestSystem) => ({
  webhooks: api.webhooks.requests.filter(({ body }) => body.includes('consent.withdrawn')),
  mails: api.mailbox.messages.filter(({ subject }) => subject.includes('stop contacting')),
})

export async function createDeliveredSystem() {
  const system = await createTestSystem()
  const leadId = await submitAda(system)
  await deliverDue(system)
  system.api.advanceClock(60)
  return { system, leadId }
}
