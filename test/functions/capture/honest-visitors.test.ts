import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeTurnstile } from '#local/fake-turnstile.ts'
import { leadRequest } from '#shared/contract/capture/capture.ts'
import { normalizeContact, stateOfZip } from '#shared/domain/capture/contact.ts'
import { type FormToken, maxFormSeconds } from '#shared/domain/capture/form-token.ts'
import { source } from '#shared/domain/capture/source.ts'
import { type SpamRule, spamRules } from '#shared/domain/capture/spam-rules.ts'
import { deriveKeys } from '#shared/platform/derive-keys.ts'
import { assessSignals, collectSignals } from '#shared/workflows/capture/assess-spam.ts'
import { honestHousehold, honestVisit, type Visit } from '#test/builders/honest-visits.ts'
import { checkControl } from '#test/check-control.ts'
import { aLead, readLead, requestMatch } from '#test/functions/create-test-system.ts'
import { testSize } from '#test/test-sizes.ts'
import { createStrictSystem, postFormLater } from './forms.ts'
import '#test/builders/seeded.ts'

const strict = {
  id: 'watched',
  ...source.parse({ name: 'W', mode: 'live', abuse: 'enforce', formToken: 'required', turnstile: true }),
}
const { tokens, sealer } = deriveKeys('0'.repeat(64))
const openedAt = new Date('2026-11-23T15:00:00.000Z')

/** What becomes of a visit at a page whose source is as strict as it can be. */
async function assessVisit(visit: Visit, rules?: readonly SpamRule[]) {
  const { contact, askedZip, seconds, turnstileToken, cloudflare } = visit
  const token: FormToken = {
    id: `frm_${'A'.repeat(22)}`,
    sourceId: 'watched',
    state: stateOfZip(askedZip) ?? '',
    at: openedAt.toISOString(),
  }
  const formToken = tokens.sign('form', token, { now: openedAt, seconds: maxFormSeconds })
  const match = { matchId: 'm', disclosure: { sha256: '0'.repeat(64) } }
  const body = leadRequest.parse({ ...aForm(match, contact), formToken, website: '', turnstileToken })
  const deps = {
    tokens,
    sealer,
    routing: { findHeldScopes: async () => [] },
    now: () => new Date(openedAt.getTime() + Math.ceil(seconds * 1000)),
    askTurnstile: cloudflare === 'up' ? fakeTurnstile : async () => 'unavailable' as const,
  }
  const form = { ...body, isFromPage: true, ip: '198.51.100.7' }
  const submission = { source: strict, draft: { contact: requireContact(body.contact) }, form }
  const signals = await collectSignals(submission, { sourceId: 'watched', keyDigest: 'key' }, deps)
  return assessSignals(signals, strict, rules)
}

function requireContact(input: Visit['contact']) {
  const result = normalizeContact(input)
  if ('contact' in result) return result.contact
  throw new Error(`The contact of an honest visitor is not valid: ${JSON.stringify(result.errors)}`)
}

const aForm = (match: { matchId: string; disclosure: { sha256: string } }, contact: Visit['contact']) => ({
  matchId: match.matchId,
  contact,
  education: { highestLevel: 'high-school-diploma' },
  consent: { granted: true, sha256: match.disclosure.sha256 },
  page: { url: 'https://careers.example/' },
})

describe(`spam rules for ${testSize('honestVisitors')} honest visitors`, () => {
  it('quarantine none of them', async () => {
    const isRouted = async (visit: Visit) => (await assessVisit(visit)).action === 'route'
    await fc.assert(fc.asyncProperty(honestVisit, isRouted), { numRuns: testSize('honestVisitors') })
  })

  it.each<[string, (signal: SpamRule) => SpamRule]>([
    ['who has moved', (signal) => (signal.code === 'ZIP_STATE_MISMATCH' ? { ...signal, weight: 100 } : signal)],
    ['who has one name', (signal) => (signal.code === 'SAME_NAME' ? { ...signal, weight: 100 } : signal)],
    [
      'whom Cloudflare could not be asked about',
      (signal) => (signal.code === 'TURNSTILE_UNAVAILABLE' ? { ...signal, weight: 100 } : signal),
    ],
    [
      'whose browser fills in the form',
      (signal) =>
        signal.code === 'TOO_FAST'
          ? { ...signal, matches: ({ formToken: token }) => 'seconds' in token && token.seconds < 5 }
          : signal,
    ],
  ])('some would be, if it told against a person %s', async (_, change) => {
    const rules = spamRules.map(change)
    const isRouted = async (visit: Visit) => (await assessVisit(visit, rules)).action === 'route'
    const { failed } = await checkControl(fc.asyncProperty(honestVisit, isRouted), { numRuns: 10_000 })
    expect(failed).toBe(true)
  })
})

describe('spam rules for a household at one page', () => {
  type TokenChoice = (formTokens: { first: string; latest: string }) => string

  /** Sends what a household sends, one after the other and each as often as the browser does; says who was kept back. */
  async function findQuarantined(household: readonly Visit[], chooseToken: TokenChoice) {
    const system = await createStrictSystem()
    const quarantined: string[] = []
    let first: string | undefined
    for (const [at, { contact, seconds, retries, turnstileToken }] of household.entries()) {
      const latest = (await requestMatch(system, { zip: contact.zip })).formToken
      first ??= latest
      // A match lives two hours, and the page asks for another.
      system.api.advanceClock(Math.ceil(seconds))
      const match = await requestMatch(system, { zip: contact.zip })
      const formToken = chooseToken({ first, latest })
      const form = aLead(match, 1, { contact, formToken, website: '', turnstileToken })
      const receipt = await postFormLater(system, 0, form, `visit-${at}`)
      for (let again = 0; again < retries; again++)
        expect(await postFormLater(system, 1, form, `visit-${at}`)).toEqual(receipt)
      if (Object(await readLead(system, receipt.leadId)).quarantine) quarantined.push(receipt.leadId)
    }
    return quarantined
  }
  const noneIsQuarantined = (chooseToken: TokenChoice) =>
    fc.asyncProperty(honestHousehold, async (household) => (await findQuarantined(household, chooseToken)).length === 0)

  it('quarantine none of its members', async () => {
    await fc.assert(
      noneIsQuarantined(({ latest }) => latest),
      { numRuns: 30 },
    )
  })

  it('detects: a page that requests no new token after a lead', async () => {
    const property = noneIsQuarantined(({ first }) => first)
    expect((await checkControl(property, { numRuns: 30 })).failed).toBe(true)
  })
})
