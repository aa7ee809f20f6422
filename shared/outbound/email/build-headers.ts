import { toOneLine } from '../../format/to-one-line.ts'

/**
 * The headers of every email to a school. Two of them ask mailboxes for no automatic reply (RFC 3834, and Exchange), which
 * would come back as a bounce.
 */
export function buildHeaders({ deliveryId, leadId }: { deliveryId: string; leadId?: string }): {
  [name: string]: string
} {
  return {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'OOF, AutoReply',
    'X-Prospectus-Delivery-Id': toOneLine(deliveryId),
    ...(leadId !== undefined && { 'X-Prospectus-Lead-Id': toOneLine(leadId) }),
  }
}
