import type * as z from 'zod'
import type { Host } from '#local/host.ts'
import { type leadRequest, matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { createClient } from '#shared/contract/client.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { renderConsentText } from '#test/builders/consent-text.ts'

type LeadRequest = z.input<typeof leadRequest>

let visitorCount = 0

/** A visitor of a landing page, in Austin, with the requests that the page sends. */
export function createVisitor({ urls, keys }: Pick<Host, 'urls' | 'keys'>) {
  const call = createClient({ baseUrl: urls.api, headers: { 'x-source-key': keys.source }, check: 'answers' })
  const education = { highestLevel: 'high-school-diploma' } as const

  async function match(overrides: Partial<z.input<typeof matchSchools.body>> = {}) {
    const body = { careerSlug: 'health-record-technician', zip: '78701', education, ...overrides }
    const response = await call(matchSchools, { body })
    if (response.status !== 200) throw new Error(`No match: ${response.text}`)
    return response.body
  }

  /** What the form of a match sends, each time for another person. */
  function form(
    { matchId, ...shown }: Awaited<ReturnType<typeof match>>,
    overrides: Partial<LeadRequest> = {},
  ): LeadRequest {
    visitorCount += 1
    return {
      matchId,
      contact: {
        firstName: 'Ada',
        lastName: 'Example',
        email: `ada.${visitorCount}@mail.example.com`,
        phone: `(512) 789-${1000 + visitorCount}`,
        zip: '78701',
      },
      education,
      consent: { granted: true, sha256: sha256(renderConsentText(shown, overrides.schoolIds)) },
      page: { url: 'https://careers.example/health-record-technician' },
      ...overrides,
    }
  }

  function send(body: LeadRequest, key: string = crypto.randomUUID()) {
    return call(submitLead, { headers: { 'idempotency-key': key }, body })
  }

  return { call, match, form, send }
}
