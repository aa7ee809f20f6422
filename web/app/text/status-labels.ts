import type { AccessPerson } from '#shared/domain/access/access-person.ts'
import type { PortalLinkState, PortalSessionState } from '#shared/domain/access/portal-access.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import type { Suppression } from '#shared/domain/aftercare/suppression.ts'
import type { Attempt, DeliveryState } from '#shared/domain/delivery/delivery.ts'

export type Tone = 'good' | 'slow' | 'bad' | 'plain'
type StatusLabels<Status extends string> = { readonly [status in Status]: { label: string; tone: Tone } }

/** The label and color of each status code, by what has the status. */
export const statusLabels = {
  delivery: {
    pending: { label: 'Queued', tone: 'slow' },
    leased: { label: 'Sending', tone: 'slow' },
    delivered: { label: 'Delivered', tone: 'good' },
    rejected: { label: 'Rejected', tone: 'bad' },
    parked: { label: 'On hold', tone: 'slow' },
    dead: { label: 'Failed', tone: 'bad' },
    erased: { label: 'Deleted', tone: 'plain' },
  } satisfies StatusLabels<DeliveryState>,
  notice: {
    pending: { label: 'Notifying', tone: 'slow' },
    leased: { label: 'Notifying', tone: 'slow' },
    delivered: { label: 'Confirmed', tone: 'good' },
    rejected: { label: 'Refused', tone: 'bad' },
    parked: { label: 'On hold', tone: 'slow' },
    dead: { label: 'Not reached', tone: 'bad' },
    erased: { label: 'Deleted', tone: 'plain' },
  } satisfies StatusLabels<DeliveryState>,
  suppression: {
    active: { label: 'In effect', tone: 'slow' },
    lifted: { label: 'Lifted', tone: 'plain' },
    replaced: { label: 'Replaced', tone: 'plain' },
  } satisfies StatusLabels<Suppression['state']>,
  attempt: {
    delivered: { label: 'Delivered', tone: 'good' },
    rejected: { label: 'Rejected', tone: 'bad' },
    retry: { label: 'Will retry', tone: 'slow' },
    'uncounted-retry': { label: 'Will retry', tone: 'slow' },
    dead: { label: 'Failed', tone: 'bad' },
  } satisfies StatusLabels<Attempt['outcome']>,
  lead: {
    accepted: { label: 'Accepted', tone: 'good' },
    unmatched: { label: 'No match', tone: 'slow' },
    duplicate: { label: 'Duplicate', tone: 'plain' },
    held: { label: 'In review', tone: 'slow' },
    test: { label: 'Test', tone: 'plain' },
  },
  return: {
    requested: { label: 'Pending', tone: 'slow' },
    accepted: { label: 'Approved', tone: 'good' },
    refused: { label: 'Denied', tone: 'bad' },
  } satisfies StatusLabels<LeadReturn['state']>,
  record: { active: { label: 'Active', tone: 'good' }, paused: { label: 'Paused', tone: 'slow' } },
  source: { live: { label: 'Live', tone: 'good' }, test: { label: 'Test', tone: 'plain' } },
  job: { running: { label: 'In progress', tone: 'slow' }, done: { label: 'Done', tone: 'good' } },
  key: {
    active: { label: 'Active', tone: 'good' },
    revoked: { label: 'Revoked', tone: 'plain' },
    expired: { label: 'Expired', tone: 'plain' },
  },
  portalLink: {
    unopened: { label: 'Not opened', tone: 'good' },
    used: { label: 'Opened', tone: 'plain' },
    expired: { label: 'Expired', tone: 'plain' },
    revoked: { label: 'Revoked', tone: 'plain' },
    'issuer-revoked': { label: 'Staff key revoked', tone: 'plain' },
    'school-deleted': { label: 'School deleted', tone: 'plain' },
  } satisfies StatusLabels<PortalLinkState>,
  person: {
    invited: { label: 'Invited', tone: 'plain' },
    active: { label: 'Active', tone: 'good' },
    disabled: { label: 'Disabled', tone: 'bad' },
  } satisfies StatusLabels<AccessPerson['status']>,
  portalSession: {
    active: { label: 'Active', tone: 'good' },
    'signed-out': { label: 'Signed out', tone: 'plain' },
    ended: { label: 'Ended by staff', tone: 'plain' },
    expired: { label: 'Expired', tone: 'plain' },
    'issuer-revoked': { label: 'Staff key revoked', tone: 'plain' },
    'school-deleted': { label: 'School deleted', tone: 'plain' },
  } satisfies StatusLabels<PortalSessionState>,
  verdict: { selected: { label: 'Selected', tone: 'good' } },
} as const
