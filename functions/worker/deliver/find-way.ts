import { school } from '#shared/domain/catalog/school.ts'
import { fallbackAt } from '#shared/domain/delivery/fallback.ts'
import { noticeEndpoint } from '#shared/domain/delivery/notice-endpoint.ts'
import { heldUntil, isProbing, type Pace } from '#shared/domain/delivery/pace.ts'
import { secondsAfter, untilMended } from '#shared/domain/delivery/retry-schedule.ts'
import { campaign, type Endpoint } from '#shared/domain/routing/campaign.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Kept } from '#shared/store/delivery/delivery-row.ts'

type Needs = Pick<Dependencies, 'records' | 'lines' | 'dice'>

/** Where a due delivery may go now, and what its school has room for. */
export type Way = {
  /** Absent where there is nowhere to send it. */
  endpoint?: Endpoint
  pace: Pace
  /** The places that its school had for one attempt more, in the order in which to try them. */
  freeSlots: readonly number[]
  /** Seconds for which a slot is used up by one attempt. */
  spacing: number
}
/** `dueAt`: its line is closed until then. `lookAt`: every slot is taken. */
export type NoWay = { left: 'line-closed' | 'endpoint-closed'; dueAt: string } | { left: 'school-busy'; lookAt: string }

// A slot comes free within seconds; whoever waits for one looks again after 1 to 4 of them.
const secondsForSlot = [1, 4] as const

export async function findWay(delivery: Kept, now: string, { records, lines, dice }: Needs): Promise<Way | NoWay> {
  const { schoolId, campaignId, test, erases } = delivery
  const [keptCampaign, keptSchool, line] = await Promise.all([
    records.get('campaigns', campaignId),
    records.get('schools', schoolId),
    lines.of(schoolId),
  ])
  const bought = keptCampaign && campaign.parse(keptCampaign.body)
  const buyer = keptSchool && school.parse(keptSchool.body)
  const forLeads = bought && (test ? (bought.testEndpoint ?? bought.endpoint) : bought.endpoint)
  const own = erases === undefined ? forLeads : noticeEndpoint(forLeads, buyer?.noticesTo)
  const fallback = fallbackAt(delivery.failingSince, own)
  const falls = fallback !== undefined && fallback <= now && own?.kind === 'webhook' ? own.fallbackTo : undefined
  const endpoint: Endpoint | undefined = falls === undefined ? own : { kind: 'email', to: falls }

  const sooner = (instant: string) =>
    fallback !== undefined && fallback > now && fallback < instant ? fallback : instant
  if (
    endpoint &&
    line.closed.some(
      (one) => one.campaignId === campaignId && one.kind === endpoint.kind && one.address === addressOf(endpoint),
    )
  )
    return { left: 'endpoint-closed', dueAt: sooner(secondsAfter(now, untilMended)) }
  const held = endpoint?.kind === 'webhook' ? heldUntil(line.pace, now, dice()) : undefined
  if (held !== undefined) return { left: 'line-closed', dueAt: sooner(held) }

  const { atOnce, perMinute } = (buyer ?? unknownSchool).deliveries
  const slots = isProbing(line.pace) ? [0] : Array.from({ length: atOnce }, (_, number) => number)
  const free = slots.filter((number) => (line.busyUntil[number] ?? '') <= now)
  if (free.length === 0) return { left: 'school-busy', lookAt: slotLookAt(now, dice()) }
  // Not all begin with the same one.
  const first = Math.floor(dice() * free.length)
  return {
    ...(endpoint && { endpoint }),
    pace: line.pace,
    freeSlots: [...free.slice(first), ...free.slice(0, first)],
    spacing: perMinute === undefined ? 0 : (60 / perMinute) * atOnce,
  }
}

export function slotLookAt(now: string, dice: number): string {
  const [least, most] = secondsForSlot
  return secondsAfter(now, least + (most - least) * dice)
}

export function addressOf(endpoint: Endpoint): string {
  return endpoint.kind === 'email' ? endpoint.to : endpoint.url
}

const unknownSchool = { deliveries: { atOnce: 1, perMinute: undefined } }
