import type * as z from 'zod'
import type { Host } from '#local/host.ts'
import { type leadRequest, matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { client } from '#shared/contract/client.ts'

type LeadRequest = z.input<typeof leadRequest>

let people = 0

/** Somebody at a landing page in Austin, who sends what the page sends. */
export function visitor({ urls, keys }: Pick<Host, 'urls' | 'keys'>) {
  const call = client({ baseUrl: urls.api, headers: { 'x-source-key': keys.source }, check: 'answers' })
  const education = { highestLevel: 'high-school-diploma' } as const

  async function match(wanted: Partial<z.input<typeof matchSchools.body>> = {}) {
    const asked = { careerSlug: 'health-record-technician', zip: '78701', education, ...wanted }
    const answer = await call(matchSchools, { body: asked })
    if (answer.status !== 200) throw new Error(`No match: ${answer.text}`)
    return answer.body
  }

  /** What the form of a match sends, each time for another person. */
  function form(
    { matchId, disclosure }: Awaited<ReturnType<typeof match>>,
    more: Partial<LeadRequest> = {},
  ): LeadRequest {
    people += 1
    return {
      matchId,
      contact: {
        firstName: 'Ada',
        lastName: 'Example',
        email: `ada.${people}@mail.example.com`,
        phone: `(512) 789-${1000 + people}`,
        zip: '78701',
      },
      education,
      consent: { granted: true, sha256: disclosure.sha256 },
      page: { url: 'https://careers.example/health-record-technician' },
      ...more,
    }
  }

  function send(body: LeadRequest, key: string = crypto.randomUUID()) {
    return call(submitLead, { headers: { 'idempotency-key': key }, body })
  }

  return { call, match, form, send }
}
