import { deriveKeys } from '#shared/platform/derive-keys.ts'
import { requestMatch, type TestSystem } from '#test/functions/create-test-system.ts'
import { aForm, postFormLater } from './forms.ts'

/** What a program does that a person does not, and the reason by which it is known. Each sends one lead, or the second of two. */
export const bots: {
  [kind: string]: { reason: string; send: (system: TestSystem, number: number) => Promise<unknown> }
} = {
  'fills in what nobody sees': {
    reason: 'HONEYPOT',
    send: async (system, number) =>
      postFormLater(system, 30, await aForm(system, number, { website: 'https://buy.example' })),
  },
  'is too fast': {
    reason: 'TOO_FAST',
    send: async (system, number) => postFormLater(system, 1, await aForm(system, number)),
  },
  'has no token': {
    reason: 'FORM_TOKEN_MISSING',
    send: async (system, number) => postFormLater(system, 30, await aForm(system, number, { formToken: undefined })),
  },
  'makes a token up': {
    reason: 'FORM_TOKEN_FORGED',
    send: async (system, number) => postFormLater(system, 30, await aForm(system, number, { formToken: 'a.b.c' })),
  },
  'signs a token by itself': {
    reason: 'FORM_TOKEN_FORGED',
    send: async (system, number) => {
      const { now } = system.api.clock
      const token = { id: `frm_${'A'.repeat(22)}`, sourceId: 'watched', state: 'TX', at: now.toISOString() }
      const formToken = deriveKeys('1'.repeat(64)).tokens.sign('form', token, { now, seconds: 3600 })
      return postFormLater(system, 30, await aForm(system, number, { formToken }))
    },
  },
  'sends its match for a token': {
    reason: 'FORM_TOKEN_FORGED',
    send: async (system, number) =>
      postFormLater(system, 30, await aForm(system, number, { formToken: (await requestMatch(system)).matchId })),
  },
  'keeps a token for days': {
    reason: 'FORM_TOKEN_EXPIRED',
    send: async (system, number) => {
      const { formToken } = await requestMatch(system)
      system.api.advanceClock(24 * 3600)
      return postFormLater(system, 30, await aForm(system, number, { formToken }))
    },
  },
  'does not pass Turnstile': {
    reason: 'TURNSTILE_FAILED',
    send: async (system, number) =>
      postFormLater(system, 30, await aForm(system, number, { turnstileToken: 'bought' })),
  },
  'leaves Turnstile out': {
    reason: 'TURNSTILE_FAILED',
    send: async (system, number) =>
      postFormLater(system, 30, await aForm(system, number, { turnstileToken: undefined })),
  },
  'makes up a person': {
    reason: 'KEYBOARD_RUN',
    send: async (system, number) => {
      const contact = { firstName: 'asdf', lastName: 'asdf', email: `a${number}@mailinator.com` }
      const form = await aForm(system, number)
      return postFormLater(system, 30, { ...form, contact: { ...form.contact, ...contact } })
    },
  },
}
