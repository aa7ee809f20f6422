import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acceptContact } from '#functions/capture/accept-contact.ts'
import { judgeLead } from '#functions/capture/judge-lead.ts'
import { traceLead } from '#functions/capture/trace-lead.ts'
import { fakeTurnstile } from '#local/fake-turnstile.ts'
import { leadRequest } from '#shared/contract/capture/capture.ts'
import { type Signal, signals } from '#shared/domain/capture/abuse.ts'
import { stateOfZip } from '#shared/domain/capture/contact.ts'
import { type FormToken, mostFormSeconds } from '#shared/domain/capture/form-token.ts'
import { source } from '#shared/domain/capture/source.ts'
import { houseKeys } from '#shared/platform/house-keys.ts'
import { honestHousehold, honestVisit, type Visit } from '#test/builders/honest-visits.ts'
import { aLead, ask, storyOf } from '#test/functions/town.ts'
import { aWatchedTown, sendAfter } from './forms.ts'
import '#test/builders/seeded.ts'

const strict = {
  id: 'watched',
  ...source.parse({ name: 'W', mode: 'live', abuse: 'enforce', formToken: 'required', turnstile: true }),
}
const { tokens, sealer } = houseKeys('0'.repeat(64))
const opened = new Date('2026-11-23T15:00:00.000Z')
const principal = { caller: 'source', sourceId: 'watched', scope: 'form' } as const

/** What becomes of a visit at a page whose source is as strict as it can be. */
async function judged(visit: Visit, table?: readonly Signal[]) {
  const { contact, askedZip, seconds, turnstileToken, cloudflare } = visit
  const token: FormToken = {
    id: `frm_${'A'.repeat(22)}`,
    sourceId: 'watched',
    state: stateOfZip(askedZip) ?? '',
    at: opened.toISOString(),
  }
  const formToken = await tokens.sign('form', token, { now: opened, seconds: mostFormSeconds })
  const match = { matchId: 'm', disclosure: { sha256: '0'.repeat(64) } }
  const body = leadRequest.parse({ ...aForm(match, contact), formToken, website: '', turnstileToken })
  const needs = {
    tokens,
    sealer,
    now: () => new Date(opened.getTime() + Math.ceil(seconds * 1000)),
    askTurnstile: cloudflare === 'up' ? fakeTurnstile : async () => 'unknown' as const,
  }
  const known = { source: strict, contact: acceptContact(body.contact), form: 'form' }
  const trace = await traceLead({ body, principal, ip: '198.51.100.7' }, known, needs)
  return judgeLead(strict, trace, table)
}

const aForm = (match: { matchId: string; disclosure: { sha256: string } }, contact: Visit['contact']) => ({
  matchId: match.matchId,
  contact,
  education: { highestLevel: 'high-school-diploma' },
  consent: { granted: true, sha256: match.disclosure.sha256 },
  page: { url: 'https://careers.example/' },
})

describe('of 10,000 honest visitors', () => {
  it('0 are kept back', async () => {
    const routed = async (visit: Visit) => (await judged(visit)).way === 'route'
    await fc.assert(fc.asyncProperty(honestVisit, routed), { numRuns: 10_000 })
  })

  it.each<[string, (signal: Signal) => Signal]>([
    ['who has moved', (signal) => (signal.code === 'ZIP_STATE' ? { ...signal, weight: 100 } : signal)],
    ['who has one name', (signal) => (signal.code === 'SAME_NAME' ? { ...signal, weight: 100 } : signal)],
    [
      'whom Cloudflare could not be asked about',
      (signal) => (signal.code === 'TURNSTILE_UNREACHED' ? { ...signal, weight: 100 } : signal),
    ],
    [
      'whose browser fills in the form',
      (signal) =>
        signal.code === 'TOO_FAST'
          ? { ...signal, holds: ({ token }) => 'seconds' in token && token.seconds < 5 }
          : signal,
    ],
  ])('some would be, if it told against a person %s', async (_, change) => {
    const table = signals.map(change)
    const routed = async (visit: Visit) => (await judged(visit, table)).way === 'route'
    await expect(fc.assert(fc.asyncProperty(honestVisit, routed), { numRuns: 10_000 })).rejects.toThrow()
  })
})

describe('a household at one page', () => {
  type Page = (given: { first: string; latest: string }) => string

  /** Sends what a household sends, one after the other and each as often as the browser does; says who was kept back. */
  async function keptBack(household: readonly Visit[], tokenOf: Page) {
    const town = await aWatchedTown()
    const back: string[] = []
    let first: string | undefined
    for (const [at, { contact, seconds, retries, turnstileToken }] of household.entries()) {
      const latest = (await ask(town, { zip: contact.zip })).formToken
      first ??= latest
      // A match lives two hours, and the page asks for another.
      town.house.pass(Math.ceil(seconds))
      const match = await ask(town, { zip: contact.zip })
      const formToken = tokenOf({ first, latest })
      const form = aLead(match, 1, { contact, formToken, website: '', turnstileToken })
      const receipt = await sendAfter(town, 0, form, `visit-${at}`)
      for (let again = 0; again < retries; again++)
        expect(await sendAfter(town, 1, form, `visit-${at}`)).toEqual(receipt)
      if (Object(await storyOf(town, receipt.leadId)).quarantine) back.push(receipt.leadId)
    }
    return back
  }
  const nobodyIs = (tokenOf: Page) =>
    fc.assert(
      fc.asyncProperty(honestHousehold, async (household) => (await keptBack(household, tokenOf)).length === 0),
      { numRuns: 30 },
    )

  it('has nobody kept back', async () => {
    await nobodyIs(({ latest }) => latest)
  })

  it('would have, if its page took no new token after a lead', async () => {
    await expect(nobodyIs(({ first }) => first)).rejects.toThrow()
  })
})
