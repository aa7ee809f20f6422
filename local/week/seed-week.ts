import type { SendMail } from '#shared/outbound/email/mail.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { StaffCall } from '../data/create-staff-call.ts'
import { listSources } from '../data/load-sample.ts'
import { weekMs } from './plan-visits.ts'
import { playWeek } from './play-week.ts'
import type { WeekClock } from './week-clock.ts'
import { weekSources } from './week-sources.ts'

type SeedSetup = {
  deps: Dependencies
  clock: WeekClock
  mail: SendMail
  operatorKey: string
  callAsStaff: StaffCall
  /** Writes the sample records and the keys that are printed. */
  loadRecords: () => Promise<string>
  /** One transaction, so that a folder has all of the week or nothing. */
  writeTogether: <Result>(work: () => Promise<Result>) => Promise<Result>
}

/** Writes the sample records as if that was a week ago, and what happened since. Returns what `loadRecords` returned, and the number of leads. */
export async function seedWeek(setup: SeedSetup): Promise<{ sourceKey: string; leads: number }> {
  const { deps, clock, mail, operatorKey, callAsStaff, loadRecords, writeTogether } = setup
  const endsAt = clock.now().getTime()
  return writeTogether(() =>
    clock.during(endsAt - weekMs - setupMs, async () => {
      const sourceKey = await loadRecords()
      for (const { id, body } of weekSources)
        await callAsStaff('PUT', `/v1/ops/sources/${id}`, { body, overwrite: true })
      const sources = await listSources(callAsStaff)
      const staff = await deps.accessKeys.findHolder(sha256(operatorKey))
      if (staff?.caller !== 'operator') throw new Error('The printed operator key is not valid.')
      const sourceKeys = Object.fromEntries(sources.map(({ id, key }) => [id, key]))
      return { sourceKey, ...(await playWeek({ deps, clock, endsAt, mail, sourceKeys, staff })) }
    }),
  )
}

/** Staff write the records an hour before the first visitor comes. */
const setupMs = 3_600_000
