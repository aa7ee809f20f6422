import type { Endpoint } from '../routing/campaign.ts'

/**
 * Where a school is told of something that is no lead: by the webhook that takes its leads, where every 2xx is a yes. A
 * request of a school's own shape can say nothing but leads, and then it is told by e-mail. Absent: there is nowhere.
 */
export function noticeEndpoint(own: Endpoint | undefined, noticesTo: string | undefined): Endpoint | undefined {
  if (own?.kind === 'email') return own
  const to = noticesTo ?? own?.fallbackTo
  if (!own || own.request) return to === undefined ? undefined : { kind: 'email', to }
  return { kind: 'webhook', url: own.url, ...(to !== undefined && { fallbackTo: to }) }
}
