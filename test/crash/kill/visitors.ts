import { setTimeout as sleep } from 'node:timers/promises'
import type * as z from 'zod'
import { type leadReceipt, matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { client } from '#shared/contract/client.ts'
import type { News } from '../proof/news.ts'
import { career } from './town.ts'

export type Receipt = z.output<typeof leadReceipt>
type Setup = {
  sourceKey: string
  leads: number
  /** Where the host answers, once one does. */
  api: () => Promise<string>
  answered: News
  atOnce?: number
}
type Form = z.input<typeof submitLead.body>
export type Visitors = ReturnType<typeof visitors>

/**
 * Many people, each with an Idempotency-Key of her own, who send the same again until it is taken, so many at
 * once. What they were answered is all that they know.
 */
export function visitors({ sourceKey, leads, api, answered, atOnce = 16 }: Setup) {
  const receipts: Receipt[] = []
  const remembered: { number: number; body: Form; receipt: Receipt }[] = []
  let next = 0
  let retries = 0
  let shown: { of: string; uses: number; match: ReturnType<typeof match> } | undefined
  const callOn = (baseUrl: string) => client({ baseUrl, headers: { 'x-source-key': sourceKey } })

  async function match(baseUrl: string) {
    const answer = await callOn(baseUrl)(matchSchools, { body: { careerSlug: career, zip: '78701', education } })
    if (answer.status === 200) return answer.body
    if (answer.status < 500) throw new Error(`No match: ${answer.text}`)
    throw new TypeError('The host cannot match now.')
  }

  /** One match serves many people, but not for ever. */
  function matchOn(baseUrl: string) {
    if (shown?.of !== baseUrl || shown.uses >= usesOfAMatch) shown = { of: baseUrl, uses: 0, match: match(baseUrl) }
    shown.uses += 1
    return shown.match
  }

  async function sendUntilTaken(number: number, same?: Form): Promise<{ body: Form; receipt: Receipt }> {
    let body = same
    for (;;) {
      const baseUrl = await api()
      try {
        body ??= form(number, await matchOn(baseUrl))
        const headers = { 'idempotency-key': `visitor-${number}` }
        const answer = await callOn(baseUrl)(submitLead, { headers, body })
        if (answer.status === 201) return { body, receipt: answer.body }
        if (answer.status < 500) throw new Error(`Visitor ${number} was refused: ${answer.text}`)
        await sleep(20)
      } catch (error) {
        // What fetch throws where the host has gone, or goes while it answers.
        if (!(error instanceof TypeError)) throw error
        if (shown?.of === baseUrl) shown = undefined
        await sleep(5)
      }
      retries += 1
    }
  }

  async function visit() {
    while (next < leads) {
      const number = next
      next += 1
      const { body, receipt } = await sendUntilTaken(number)
      receipts.push(receipt)
      if (number % oneInSoMany === 0) remembered.push({ number, body, receipt })
      answered.tell()
    }
  }

  const done = Promise.all(Array.from({ length: atOnce }, visit))
  // Whoever waits for it hears of it.
  done.catch(() => {})
  return {
    receipts,
    retries: () => retries,
    done,
    /** Some send what was taken once more. @returns how many did, and how many then heard something else. */
    async askAgain() {
      let other = 0
      for (const { number, body, receipt } of remembered) {
        const again = await sendUntilTaken(number, body)
        if (JSON.stringify(again.receipt) !== JSON.stringify(receipt)) other += 1
      }
      return { asked: remembered.length, other }
    },
  }
}

const usesOfAMatch = 250
const oneInSoMany = 20
export const education = { highestLevel: 'high-school-diploma' } as const

/** What one visitor sends, always the same. */
export function form(
  number: number,
  { matchId, disclosure }: { matchId: string; disclosure: { sha256: string } },
): Form {
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
