import type * as z from 'zod'
import type { Campaign, Pause } from '../campaign.ts'
import type { Cap, schoolCaps } from '../cap.ts'
import { planCounters } from './cap-counters.ts'

type Status = Campaign['status']
type SchoolChange = {
  status?: Status | undefined
  caps?: z.output<typeof schoolCaps> | undefined
  reason?: string | undefined
}
export type SchoolEdit = { kind: 'changed'; campaign: Campaign } | { kind: 'staff-paused'; pause: Pause | undefined }

/** Whether a campaign takes leads: neither staff nor its school has paused it. */
export function getEffectiveStatus({ status, schoolStatus }: Pick<Campaign, 'status' | 'schoolStatus'>): Status {
  return status === 'active' && schoolStatus !== 'paused' ? 'active' : 'paused'
}

/**
 * Returns the campaign that a write of staff leaves. The pause and the caps of the school stay as they are, unless the
 * write names them. `previous` is the campaign that is replaced.
 */
export function editAsStaff(input: Campaign, previous: Campaign | undefined, at: string): Campaign {
  const { schoolStatus = previous?.schoolStatus, schoolCaps = previous?.schoolCaps, pausedBy: _, ...terms } = input
  const next = { ...terms, ...(schoolStatus && { schoolStatus }), ...(schoolCaps && { schoolCaps }) }
  return withCounters(withPauses(next, previous, { at }), previous, at)
}

/** Returns the campaign that a change of its school leaves. A school changes its own pause and its own caps only. */
export function editAsSchool({ status, caps, reason }: SchoolChange, previous: Campaign, at: string): SchoolEdit {
  if (status === 'active' && previous.status === 'paused' && previous.schoolStatus !== 'paused')
    return { kind: 'staff-paused', pause: findPause(previous, 'staff') }
  const next = { ...previous, ...(status && { schoolStatus: status }), ...(caps && { schoolCaps: caps }) }
  return { kind: 'changed', campaign: withCounters(withPauses(next, previous, { at, reason }), previous, at) }
}

function withCounters({ counters: _, ...campaign }: Campaign, previous: Campaign | undefined, at: string): Campaign {
  const owner = previous && { caps: listAllCaps(previous), counters: previous.counters }
  const counters = planCounters(listAllCaps(campaign), owner, at)
  return counters.length > 0 ? { ...campaign, counters } : campaign
}

/** The contract caps, then the school's own. */
export function listAllCaps({ caps, schoolCaps = [] }: Pick<Campaign, 'caps' | 'schoolCaps'>): Cap[] {
  return [...caps, ...schoolCaps]
}

/** A pause keeps the time at which it began, however often the campaign is written after that. */
function withPauses(
  { pausedBy: _, ...campaign }: Campaign,
  previous: Campaign | undefined,
  { at, reason }: { at: string; reason?: string | undefined },
): Campaign {
  const wasPaused = (by: Pause['by']) => (by === 'staff' ? previous?.status : previous?.schoolStatus) === 'paused'
  const describePause = (by: Pause['by']): Pause | undefined =>
    wasPaused(by) ? previous && findPause(previous, by) : { by, at, ...(by === 'school' && reason && { reason }) }
  const pauses = [
    ...(campaign.status === 'paused' ? [describePause('staff')] : []),
    ...(campaign.schoolStatus === 'paused' ? [describePause('school')] : []),
  ].filter((pause) => pause !== undefined)
  return pauses.length > 0 ? { ...campaign, pausedBy: pauses } : campaign
}

function findPause({ pausedBy = [] }: Campaign, by: Pause['by']): Pause | undefined {
  return pausedBy.find((pause) => pause.by === by)
}

/** Who paused a campaign and when. A campaign that was paused before pauses had owners counts as paused by staff. */
export function listPauses(campaign: Campaign, updatedAt: string): Pause[] {
  const { status, pausedBy = [] } = campaign
  return status === 'active' || findPause(campaign, 'staff') ? pausedBy : [{ by: 'staff', at: updatedAt }, ...pausedBy]
}
