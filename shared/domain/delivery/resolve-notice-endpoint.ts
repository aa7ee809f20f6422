import type { DeliveryEndpoint } from '../routing/campaign.ts'

/**
 * Where a school is told of something that is no lead: by the webhook that takes its leads, where every 2xx is a yes. A
 * request of a school's own shape can say nothing but leads, and then it is told by e-mail. Absent: there is nowhere.
 */
export function resolveNoticeEndpoint(
  leadEndpoint: DeliveryEndpoint | undefined,
  noticeAddress: string | undefined,
): DeliveryEndpoint | undefined {
  if (leadEndpoint?.kind === 'email') return leadEndpoint
  const address = noticeAddress ?? leadEndpoint?.fallbackTo
  if (!leadEndpoint || leadEndpoint.request) return address === undefined ? undefined : { kind: 'email', to: address }
  return { kind: 'webhook', url: leadEndpoint.url, ...(address !== undefined && { fallbackTo: address }) }
}
