import { setTimeout as sleep } from 'node:timers/promises'
import type * as z from 'zod'
import { type leadReceipt, matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { createClient } from '#shared/contract/client.ts'
import type { EventCounter } from '../proof/create-event-counter.ts'
import { career } from './seed-trial-data.ts'

export type Receipt = z.output<typeof leadReceipt>
type VisitorPoolSetup = {
  sourceKey: string
  leads: number
  /** Resolves to the URL of the host once it is ready. */
  api: () => Promise<string>
  answeredLeads: EventCounter
  concurrency?: number
}
type LeadForm = z.input<typeof submitLead.body>
export type VisitorPool = ReturnType<typeof startVisitors>

/**
 * Many visitors, each with an Idempotency-Key, who repeat their request until it is accepted. They know only the responses.
 */
export function startVisitors({ sourceKey, leads, api, answeredLeads, concurrency = 16 }: VisitorPoolSetup) {
  const receipts: Receipt[] = []
  const samples: { number: number; body: LeadForm; receipt: Receipt }[] = []
  let next = 0
  let retries = 0
  let cachedMatch: { of: string; uses: number; match: ReturnType<typeof fetchMatch> } | undefined
  const createApiClient = (baseUrl: string) => createClient({ baseUrl, headers: { 'x-source-key': sourceKey } })

  async function fetchMatch(baseUrl: string) {
    const response = await createApiClient(baseUrl)(matchSchools, {
      body: { careerSlug: career, zip: '78701', education },
    })
    if (response.status === 200) return response.body
    if (response.status < 500) throw new Error(`No match: ${response.text}`)
    throw new TypeError('The host cannot match now.')
  }

  /** One match serves many visitors until it expires. */
  function getCachedMatch(baseUrl: string) {
    if (cachedMatch?.of !== baseUrl || cachedMatch.uses >= maxMatchUses)
      cachedMatch = { of: baseUrl, uses: 0, match: fetchMatch(baseUrl) }
    cachedMatch.uses += 1
    return cachedMatch.match
  }

  async function sendUntilAccepted(number: number, sameForm?: LeadForm): Promise<{ body: LeadForm; receipt: Receipt }> {
    let body = sameForm
    for (;;) {
      const baseUrl = await api()
      try {
        body ??= buildForm(number, await getCachedMatch(baseUrl))
        const headers = { 'idempotency-key': `visitor-${number}` }
        const response = await createApiClient(baseUrl)(submitLead, { headers, body })
        if (response.status === 201) return { body, receipt: response.body }
        if (response.status < 500) throw new Error(`Visitor ${number} was refused: ${response.text}`)
        await sleep(20)
      } catch (error) {
        // fetch throws this if the host is gone or dies during the response.
        if (!(error instanceof TypeError)) throw error
        if (cachedMatch?.of === baseUrl) cachedMatch = undefined
        await sleep(5)
      }
      retries += 1
    }
  }

  async function visit() {
    while (next < leads) {
      const number = next
      next += 1
      const { body, receipt } = await sendUntilAccepted(number)
      receipts.push(receipt)
      if (number % sampleInterval === 0) samples.push({ number, body, receipt })
      answeredLeads.increment()
    }
  }

  const completion = Promise.all(Array.from({ length: concurrency }, visit))
  // `done` reports the error to its caller; this prevents an unhandled rejection before that.
  completion.catch(() => {})
  return {
    receipts,
    retries: () => retries,
    done: completion,
    /** Repeats some accepted requests. @returns how many were repeated and how many responses changed */
    async resendSamples() {
      let differentCount = 0
      for (const { number, body, receipt } of samples) {
        const repeat = await sendUntilAccepted(number, body)
        if (JSON.stringify(repeat.receipt) !== JSON.stringify(receipt)) differentCount += 1
      }
      return { replayedCount: samples.length, other: differentCount }
    },
  }
}

const maxMatchUses = 250
const sampleInterval = 20
export const education = { highestLevel: 'high-school-diploma' } as const

/** The request of one visitor, always the same. */
export function buildForm(
  number: number,
  { matchId, disclosure }: { matchId: string; disclosure: { sha256: string } },
): LeadForm {
  const digits = String(2_300_000 + number)
  return {
    matchId,
    contact: {
      firstName: 'Ada',
      lastName: 'Example',
      email: `ada.${number}@mail.example.com`,
      phone: `(512) ${digits.slice(0, 3)}-${digits.slice(3)}`,
      zip: '78701',
    },
    education,
    consent: { granted: true, sha256: disclosure.sha256 },
    page: { url: 'https://careers.example/records-keeper' },
  }
}
