import type { SimulatedWorld } from '../run-world.ts'

/** How long an attempt may be under way when a list is stored. */
const maxAttemptMs = 60_000
/** Returns a fault for each lead that was sent, or that a school could read, after a do-not-call list named its visitor. */
export function findContactFaults(world: SimulatedWorld): string[] {
  if (!world.hasPeople) return []
  return [...findListedArrivals(world), ...findListedReadings(world)]
}

function findListedArrivals({ schools, visitors }: SimulatedWorld): string[] {
  const listedTimes = mapListedTimes(visitors)
  return schools.log.flatMap(({ schoolId, leadId, person, at }) => {
    const listedAt = listedTimes.get(person)
    return listedAt !== undefined && at > listedAt + maxAttemptMs
      ? [`${leadId} was sent to ${schoolId} ${at - listedAt} ms after its visitor was on a do-not-call list`]
      : []
  })
}

function findListedReadings({ readers, visitors }: SimulatedWorld): string[] {
  const listedTimes = mapListedTimes(visitors)
  const emails = new Map(visitors.map(({ email, receipt }) => [receipt?.leadId, email]))
  return readers.readings.flatMap(({ schoolId, leadId, askedAt }) => {
    const listedAt = listedTimes.get(emails.get(leadId) ?? '')
    return listedAt !== undefined && askedAt > listedAt
      ? [`${schoolId} could read ${leadId} ${askedAt - listedAt} ms after its visitor was on a do-not-call list`]
      : []
  })
}

function mapListedTimes(visitors: SimulatedWorld['visitors']): Map<string, number> {
  return new Map(
    visitors.flatMap(({ email, getListedTime }) => {
      const listedAt = getListedTime?.()
      return listedAt === undefined ? [] : [[email, listedAt]]
    }),
  )
}
