import { expect, it } from 'vitest'
import type { Preset } from '#shared/domain/delivery/presets.ts'
import { aCampaign, createTestSystem, putRecord, submitTestLead } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'

it.each<[Preset, number, string, object]>([
  ['leadconduit', 200, '{"outcome":"success","lead":{"id":"1"}}', { state: 'delivered' }],
  [
    'leadconduit',
    200,
    '{"outcome":"failure","reason":"Too far"}',
    { state: 'rejected', attemptLog: [{ outcome: 'rejected', reason: 'Too far' }] },
  ],
  ['leadconduit', 200, '{"outcome":"failure","reason":"Duplicate"}', { state: 'rejected' }],
  [
    'leadconduit',
    200,
    '<html>Down for maintenance</html>',
    { state: 'pending', attemptLog: [{ outcome: 'retry', status: 200 }] },
  ],
  ['leadconduit', 500, '{"outcome":"success"}', { state: 'pending', attemptLog: [{ stage: 'answered', status: 500 }] }],
  ['plain-text', 200, 'Thank you', { state: 'pending' }],
  ['standard-webhooks', 200, 'Thank you', { state: 'delivered' }],
])('applies preset %s to response %i %s', async (preset, status, body, expected) => {
  const { api, ...system } = await createTestSystem()
  const endpoint = { kind: 'webhook', url: 'https://leads.tall-grass.example/prospectus', preset }
  await putRecord(api, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint, priority: 1 }))
  const { schools } = await submitTestLead({ api, ...system })
  const deliveryId = schools[0]?.deliveryId ?? ''
  api.webhooks.respond = () => webhookResponse(status, body)
  await api.deliver(deliveryId)
  expect(await api.createDependencies('operator').deliveries.findWithAttempts(deliveryId)).toMatchObject(expected)
})
