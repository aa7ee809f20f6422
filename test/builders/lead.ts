import { createHash } from 'node:crypto'
import * as z from 'zod'
import { consent } from '#shared/domain/capture/consent.ts'
import { currentDisclosureVersion, renderDisclosureText } from '#shared/domain/capture/disclosure.ts'
import { lead } from '#shared/domain/capture/lead.ts'
import { type LeadProfile, visitor } from '#shared/domain/capture/lead-profile.ts'

/** A Monday, 09:04 in Chicago. */
export const someInstant = '2026-11-23T15:04:05.000Z'

const matchProfile = z.object({ ...visitor, careerSlug: z.string(), programId: z.string().optional() })
const leadProfile = matchProfile.extend({ zip: z.string(), state: z.string(), sourceId: z.string(), at: z.string() })

export function aLeadProfile(overrides: Partial<LeadProfile> = {}): LeadProfile {
  return leadProfile.parse({
    careerSlug: 'health-record-technician',
    zip: '78701',
    state: 'TX',
    sourceId: 'source',
    at: someInstant,
    education: { highestLevel: 'high-school-diploma' },
    ...overrides,
  })
}

export function aLead(overrides: Partial<z.input<typeof lead>> = {}) {
  return lead.parse({
    leadId: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A',
    receivedAt: someInstant,
    outcome: 'accepted',
    sourceId: 'source',
    careerSlug: 'health-record-technician',
    state: 'TX',
    contact: {
      firstName: 'Ada',
      lastName: 'Byron',
      email: 'ada@mail.example',
      phone: '+15127891111',
      zip: '78701',
      state: 'TX',
    },
    education: { highestLevel: 'high-school-diploma' },
    page: { url: 'https://careers.example/health-record-technician' },
    test: false,
    ...overrides,
  })
}

/** The consent that a visitor gave to these schools, with the text that names them. */
export function aConsent(overrides: Partial<z.input<typeof consent>> & { schoolIds?: string[] } = {}) {
  const { schoolIds = ['school'], ...fields } = overrides
  const version = currentDisclosureVersion
  const text = renderDisclosureText(version, schoolIds) ?? ''
  return consent.parse({
    grantedAt: someInstant,
    disclosure: { version, sha256: createHash('sha256').update(text).digest('hex'), text, schoolIds },
    schoolIds,
    page: { url: 'https://careers.example/health-record-technician' },
    ...fields,
  })
}
