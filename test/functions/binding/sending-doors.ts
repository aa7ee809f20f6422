import * as z from 'zod'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { advanceTime, deliverDue, visit } from '#test/functions/routing/create-test-market.ts'

/** One way in which a lead of Alpha reaches its school: what happens before records are edited, and what sends after. */
export type SendingDoor = {
  /** Terms of Alpha's campaign from the beginning. */
  campaign?: { [field: string]: unknown }
  /** Files that create a delivery, make one due or send one. A file without a door fails the test. */
  files: readonly string[]
  /** It tells the school something about a lead that it has, without contact details. */
  isNotice?: true
  prepare: (system: TestSystem) => Promise<() => Promise<unknown>>
}

const fileEndpoint = {
  kind: 'sftp',
  host: 'sftp.alpha.example',
  username: 'leads',
  hostKeys: [`SHA256:${'A'.repeat(43)}`],
  password: 'fixture password',
  schedule: { times: ['10:00'] },
}

export const sendingDoors: { [name: string]: SendingDoor } = {
  'the first attempt': {
    files: ['shared/workflows/capture/accept-lead.ts', 'functions/worker/deliver/deliver-lead.ts'],
    prepare: async (system) => {
      const deliveryId = await visitAlpha(system)
      return () => system.api.deliver(deliveryId)
    },
  },
  'a retry': {
    files: ['shared/store/delivery/settle.ts', 'shared/store/delivery/delivery-store.ts'],
    prepare: async (system) => {
      const deliveryId = await visitAlpha(system)
      // 503 is no sign that the school has stored the lead.
      system.api.webhooks.respond = () => webhookResponse(503)
      await system.api.deliver(deliveryId)
      system.api.webhooks.respond = () => webhookResponse(200)
      return () => advanceTime(system, 3600)
    },
  },
  'a replay by staff': {
    files: ['shared/workflows/delivery/replay-one-delivery.ts', 'shared/store/delivery/replay-delivery.ts'],
    prepare: async (system) => {
      const deliveryId = await deliverAlpha(system)
      return async () => {
        await system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
        await system.api.deliver(deliveryId)
      }
    },
  },
  'a replay of all deliveries': {
    files: ['functions/worker/replay/replay-page.ts'],
    prepare: async (system) => {
      await deliverAlpha(system)
      return async () => {
        const filter = { schoolId: 'alpha', states: ['delivered'] }
        await system.api.staff('POST', '/v1/ops/replays', { body: { filter } })
        system.api.advanceClock(1)
        await system.api.replay()
        await deliverDue(system)
      }
    },
  },
  'a resend by the school': {
    files: ['functions/school/delivery/resend-delivery.ts'],
    prepare: async (system) => {
      const headers = await alphaKey(system)
      const deliveryId = await deliverAlpha(system)
      return async () => {
        await system.api.call('POST', `/v1/school/deliveries/${deliveryId}/replay`, { headers })
        await system.api.deliver(deliveryId)
      }
    },
  },
  'an offer': {
    campaign: { caps: [{ period: 'day', limit: 1, onReached: 'park' }] },
    files: ['functions/worker/offer/offer-lead.ts', 'shared/domain/routing/plan-deliveries.ts'],
    prepare: async (system) => {
      await deliverAlpha(system)
      await visit(system, 2, {}, {}, ['alpha'])
      return () => advanceTime(system, 86_400)
    },
  },
  'a fallback email': {
    campaign: { endpoint: { kind: 'webhook', url: 'https://alpha.example/leads', fallbackTo: 'leads@alpha.example' } },
    files: [],
    prepare: async (system) => {
      const deliveryId = await visitAlpha(system)
      system.api.webhooks.respond = () => webhookResponse(503)
      await system.api.deliver(deliveryId)
      return () => advanceTime(system, 3600)
    },
  },
  'an email': {
    campaign: { endpoint: { kind: 'email', to: 'leads@alpha.example' } },
    files: [],
    prepare: async (system) => {
      const deliveryId = await visitAlpha(system)
      return () => system.api.deliver(deliveryId)
    },
  },
  'an email to several, which all bounced': {
    campaign: { endpoint: { kind: 'email', to: ['leads@alpha.example', 'desk@alpha.example'], attachment: 'csv' } },
    files: [],
    prepare: async (system) => {
      const deliveryId = await visitAlpha(system)
      await system.api.deliver(deliveryId)
      const bounce = { deliveryId, messageId: 'message-1', why: 'bounced' as const, lasting: false }
      for (const to of [['leads@alpha.example'], ['desk@alpha.example']]) await system.api.bounce({ ...bounce, to })
      return () => advanceTime(system, 7200)
    },
  },
  'a file by SFTP': {
    campaign: { endpoint: fileEndpoint },
    files: [
      'functions/worker/file/send-files.ts',
      'functions/worker/file/send-by-sftp.ts',
      'shared/store/delivery/file-store.ts',
    ],
    prepare: async (system) => {
      const deliveryId = await visitAlpha(system)
      await system.api.deliver(deliveryId)
      return async () => {
        system.api.advanceClock(86_400)
        await system.api.sendFiles()
        await deliverDue(system)
      }
    },
  },
  'a file by email': {
    campaign: { endpoint: { kind: 'email-file', to: 'leads@alpha.example', schedule: { times: ['10:00'] } } },
    files: ['functions/worker/file/send-by-email.ts', 'shared/outbound/email/build-file-email.ts'],
    prepare: async (system) => {
      const deliveryId = await visitAlpha(system)
      await system.api.deliver(deliveryId)
      return async () => {
        system.api.advanceClock(86_400)
        await system.api.sendFiles()
        await deliverDue(system)
      }
    },
  },
  'a parked delivery': {
    // Closed on Monday, when the test begins.
    campaign: { hours: { open: [{ days: ['tuesday'], from: '00:00', to: '24:00' }], outside: 'park' } },
    files: [],
    prepare: async (system) => {
      await visitAlpha(system)
      return () => advanceTime(system, 86_400)
    },
  },
  'a delivery of a bounced email': {
    campaign: { endpoint: { kind: 'email', to: 'leads@alpha.example' } },
    files: ['shared/store/delivery/record-bounce.ts', 'functions/worker/bounce/handle-bounce.ts'],
    prepare: async (system) => {
      const deliveryId = await visitAlpha(system)
      await system.api.deliver(deliveryId)
      const bounce = {
        deliveryId,
        messageId: 'message-1',
        to: ['leads@alpha.example'],
        why: 'bounced' as const,
        lasting: false,
      }
      await system.api.bounce(bounce)
      return () => advanceTime(system, 7200)
    },
  },
  'an erasure notice': {
    isNotice: true,
    files: [
      'functions/operator/aftercare/erase-person.ts',
      'shared/workflows/aftercare/erase-person-data.ts',
      'shared/store/aftercare/person-erasure-store.ts',
    ],
    prepare: async (system) => {
      await deliverAlpha(system)
      return async () => {
        await system.api.staff('POST', '/v1/ops/erasures', { body: { email: 'ada1@mail.example' } })
        await deliverDue(system)
      }
    },
  },
  'a notice of a withdrawal that staff record': {
    isNotice: true,
    files: ['functions/operator/aftercare/suppressions/add-suppression.ts', 'shared/store/aftercare/withdrawals.ts'],
    prepare: async (system) => {
      await deliverAlpha(system)
      return async () => {
        const body = { email: 'ada1@mail.example', reason: 'By phone.' }
        await system.api.staff('POST', '/v1/ops/suppressions', { body })
        await deliverDue(system)
      }
    },
  },
  'a notice of a withdrawal that a lift finishes': {
    isNotice: true,
    files: ['functions/operator/aftercare/suppressions/lift-suppression.ts'],
    prepare: async (system) => {
      await deliverAlpha(system)
      return async () => {
        const csv = 'email\nada1@mail.example\n'
        await system.api.staff('POST', '/v1/ops/suppressions/imports', {
          body: { csv, basis: 'withdrawal', reason: 'A list.' },
        })
        const search = { body: { email: 'ada1@mail.example' } }
        const { body } = await system.api.staff('POST', '/v1/ops/suppressions/searches', search)
        const { suppressionId } = Object(body).suppressions[0]
        await system.api.staff('POST', `/v1/ops/suppressions/${suppressionId}/lift`, { body: { reason: 'An error.' } })
        await deliverDue(system)
      }
    },
  },
  'a notice of a withdrawal that the worker continues': {
    isNotice: true,
    files: ['functions/worker/withdraw/continue-withdrawals.ts'],
    prepare: async (system) => {
      await deliverAlpha(system)
      return async () => {
        const body = { csv: 'email\nada1@mail.example\n', basis: 'withdrawal', reason: 'A list.' }
        await system.api.staff('POST', '/v1/ops/suppressions/imports', { body })
        await system.api.continueWithdrawals()
        await deliverDue(system)
      }
    },
  },
  'a test lead of the school': {
    files: ['shared/workflows/delivery/send-test-lead.ts'],
    prepare: async (system) => {
      const headers = await alphaKey(system)
      const { body } = await system.api.call('POST', '/v1/school/test-leads', {
        headers,
        body: { campaignId: 'alpha' },
      })
      const { deliveryId } = z.object({ deliveryId: z.string() }).parse(body)
      return () => system.api.deliver(deliveryId)
    },
  },
  'a test lead by staff': {
    files: ['shared/workflows/delivery/send-test-lead.ts'],
    prepare: async (system) => {
      const { body } = await system.api.staff('POST', '/v1/ops/campaigns/alpha/test-leads')
      const { deliveryId } = z.object({ deliveryId: z.string() }).parse(body)
      return () => system.api.deliver(deliveryId)
    },
  },
}

async function visitAlpha(system: TestSystem): Promise<string> {
  const { receipt } = await visit(system, 1, {}, {}, ['alpha'])
  return receipt.schools[0]?.deliveryId ?? ''
}

async function deliverAlpha(system: TestSystem): Promise<string> {
  const deliveryId = await visitAlpha(system)
  await system.api.deliver(deliveryId)
  return deliveryId
}

async function alphaKey({ api }: TestSystem) {
  return { authorization: `Bearer ${await api.schoolKey('alpha')}` }
}
