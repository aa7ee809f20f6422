import { houseKeys } from '#shared/platform/house-keys.ts'
import { ask, type Town } from '#test/functions/town.ts'
import { aForm, sendAfter } from './forms.ts'

/** What a program does that a person does not, and the reason by which it is known. Each sends one lead, or the second of two. */
export const bots: { [kind: string]: { reason: string; send: (town: Town, number: number) => Promise<unknown> } } = {
  'fills in what nobody sees': {
    reason: 'HONEYPOT',
    send: async (town, number) => sendAfter(town, 30, await aForm(town, number, { website: 'https://buy.example' })),
  },
  'is too fast': {
    reason: 'TOO_FAST',
    send: async (town, number) => sendAfter(town, 1, await aForm(town, number)),
  },
  'has no token': {
    reason: 'FORM_TOKEN_MISSING',
    send: async (town, number) => sendAfter(town, 30, await aForm(town, number, { formToken: undefined })),
  },
  'makes a token up': {
    reason: 'FORM_TOKEN_FORGED',
    send: async (town, number) => sendAfter(town, 30, await aForm(town, number, { formToken: 'a.b.c' })),
  },
  'signs a token by itself': {
    reason: 'FORM_TOKEN_FORGED',
    send: async (town, number) => {
      const { now } = town.house.clock
      const token = { id: `frm_${'A'.repeat(22)}`, sourceId: 'watched', state: 'TX', at: now.toISOString() }
      const formToken = await houseKeys('1'.repeat(64)).tokens.sign('form', token, { now, seconds: 3600 })
      return sendAfter(town, 30, await aForm(town, number, { formToken }))
    },
  },
  'sends its match for a token': {
    reason: 'FORM_TOKEN_FORGED',
    send: async (town, number) =>
      sendAfter(town, 30, await aForm(town, number, { formToken: (await ask(town)).matchId })),
  },
  'keeps a token for days': {
    reason: 'TOO_OLD',
    send: async (town, number) => {
      const { formToken } = await ask(town)
      town.house.pass(24 * 3600)
      return sendAfter(town, 30, await aForm(town, number, { formToken }))
    },
  },
  'does not pass Turnstile': {
    reason: 'TURNSTILE_FAILED',
    send: async (town, number) => sendAfter(town, 30, await aForm(town, number, { turnstileToken: 'bought' })),
  },
  'leaves Turnstile out': {
    reason: 'TURNSTILE_FAILED',
    send: async (town, number) => sendAfter(town, 30, await aForm(town, number, { turnstileToken: undefined })),
  },
  'makes up a person': {
    reason: 'KEYBOARD_RUN',
    send: async (town, number) => {
      const contact = { firstName: 'asdf', lastName: 'asdf', email: `a${number}@mailinator.com` }
      const form = await aForm(town, number)
      return sendAfter(town, 30, { ...form, contact: { ...form.contact, ...contact } })
    },
  },
}
