import type { Campaign } from '../campaign.ts'
import { findNextDeliveryTime } from '../hours.ts'
import { findNextContactTime, type VisitorPlace } from './contact-window.ts'

type CampaignTimes = Pick<Campaign, 'hours' | 'waitForCallingHours'>

// Each step moves on by at least one opening, and a school's week repeats.
const maxSteps = 10

/**
 * Returns when a lead may first be sent: within the hours of the campaign, and, if the campaign waits for it, when the visitor
 * may be called. If both are never open at once, calling hours count.
 */
export function findFirstDeliveryTime(
  { hours, waitForCallingHours }: CampaignTimes,
  place: VisitorPlace,
  { at, schoolTimeZone }: { at: string; schoolTimeZone: string },
): string {
  const first = findNextDeliveryTime(hours, at, schoolTimeZone)
  if (!waitForCallingHours) return first
  let opening = first
  for (let step = 0; step < maxSteps; step += 1) {
    const callable = findNextContactTime(place, opening)
    if (callable === opening) return opening
    opening = findNextDeliveryTime(hours, callable, schoolTimeZone)
    if (opening === callable) return opening
  }
  return findNextContactTime(place, first)
}
