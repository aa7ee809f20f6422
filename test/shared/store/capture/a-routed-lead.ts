import type { RoutedLead, RoutingOutcome } from '#shared/store/capture/lead-record.ts'

export const at = '2026-11-23T15:00:00.000Z'

/** A lead that was received at `at`, without deliveries and verdicts unless they are given. */
export function aLead(
  leadId: string,
  { key = leadId, ...routing }: { key?: string } & Partial<RoutingOutcome> = {},
): RoutedLead {
  const page = { url: 'https://careers.example/' }
  return {
    lead: {
      leadId,
      receivedAt: at,
      outcome: 'accepted',
      sourceId: 'landing',
      careerSlug: 'nurse',
      state: 'TX',
      contact: {
        firstName: 'Ada',
        lastName: 'E',
        email: 'a@b.example',
        phone: '+15127891111',
        zip: '78701',
        state: 'TX',
      },
      education: { highestLevel: 'ged' },
      page,
      test: false,
    },
    consent: {
      grantedAt: at,
      disclosure: { version: '1', sha256: 'a'.repeat(64), text: 'Yes.', schoolIds: [] },
      schoolIds: [],
      page,
    },
    decision: { rulesVersion: '1', decidedAt: at, seed: leadId, verdicts: [] },
    inputs: {},
    plannedDeliveries: [],
    dedupeMarkers: [],
    ...routing,
    people: [`hmac-${leadId}`],
    response: { sourceId: 'landing', keyDigest: key, bodyDigest: 'd', body: '{}' },
  }
}
