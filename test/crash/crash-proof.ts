import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dice } from './dice.ts'
import type { HostSettings } from './host-settings.ts'
import { hosts, type Moment } from './kills.ts'
import { comesToHold, news } from './news.ts'
import { faultsIn } from './oracle.ts'
import type { Result } from './proof.ts'
import { openSchool } from './school.ts'
import { stallsFor, writeTown } from './town.ts'
import { visitors } from './visitors.ts'

export type Trial = {
  seed: number
  kills: number
  leads: number
  host?: Partial<HostSettings>
  mishapsIn100?: number
  /** How long to wait for what has not arrived, while nothing else does. */
  quietSeconds?: number
}

// Schools take a timestamp of up to 5 minutes ahead. What a killed host held, and what is tried again, comes due meanwhile.
const aheadAtTheLastKill = 120
const aheadInTheEnd = 270
const schoolsOfALead = 2.5

/**
 * Kills the host again and again while people send leads and schools take them, lets the last one finish, and holds what
 * the schools wrote down against what the people were told.
 */
export async function crash({
  seed,
  kills,
  leads,
  host,
  mishapsIn100 = 6,
  quietSeconds = 200,
}: Trial): Promise<Result> {
  const began = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-crash-'))
  const roll = dice(seed)
  const [answered, arrived, kept] = [news(), news(), news()]
  const stalls = stallsFor(leads)
  const schools = await Promise.all(
    stalls.map(async (stall, at) => {
      const own = { id: stall.id, folder, dice: dice(seed + at + 1), mishapsIn100, arrived, kept }
      return { ...stall, ...(await openSchool(own)) }
    }),
  )
  let aheadSeconds = 0
  const settings = (): HostSettings => ({ dataDir: join(folder, 'data'), aheadSeconds, ...host })
  const house = hosts({ settings, dice: roll, answered, arrived })

  const beforeAnything = Math.ceil(kills / 20)
  for (let life = 0; life < beforeAnything; life++) await house.liveAndDie('starting', 1)
  const first = await house.started()
  const sourceKey = await writeTown(await house.reachable(), schools)
  await first.end()

  const api = async () => (await house.reachable()).api
  const people = visitors({ sourceKey, leads, api, answered })
  people.letIn(leads)
  for (let life = beforeAnything; life < kills; life++) {
    aheadSeconds = (aheadAtTheLastKill * life) / kills
    show(`${life} of ${kills} kills, ${answered.count()} leads, ${arrived.count()} requests at the schools`)
    const moment = roll.oneOf<Moment>(['starting', 'answering', 'delivering', 'answering', 'delivering'])
    // So that the last kill comes with the last leads, however many fell to the lives before.
    const pace = (leads - answered.count()) / (kills - life + 1)
    const upTo = Math.ceil(2 * pace * (moment === 'delivering' ? schoolsOfALead : 1))
    await Promise.race([house.liveAndDie(moment, upTo), failureOf(people.done)])
  }

  const takenByTheLastKill = answered.count()
  aheadSeconds = aheadInTheEnd
  for (const school of schools) school.recover()
  const last = await house.started()
  await people.done
  const { asked, other } = await people.askAgain()
  const due = people.receipts.flatMap(({ schools: named }) => named)
  const schoolOf = new Map(schools.map((school) => [school.id, school]))
  const missing = new Set(due)
  const allKept = () => {
    for (const one of missing) {
      if (!schoolOf.get(one.schoolId)?.has(one.deliveryId)) return false
      missing.delete(one)
    }
    return true
  }
  await comesToHold(kept, allKept, quietSeconds * 1000)
  await last.end()
  show('')

  const evidence = await Promise.all(schools.map(async (school) => ({ ...school, ...(await school.evidence()) })))
  rmSync(folder, { recursive: true })
  const requests = evidence.flatMap(({ log }) => log)
  const mishaps = (name: 'hangs-up' | 'fails-before' | 'fails-after') =>
    schools.reduce((sum, school) => sum + school.mishaps[name], 0)
  const { starting, answering, delivering } = house.killed
  return {
    figures: {
      'kills by SIGKILL': starting + answering + delivering,
      'of these while starting, answering, delivering': `${starting}, ${answering}, ${delivering}`,
      'leads answered with 201': people.receipts.length,
      'of these before the last kill': takenByTheLastKill,
      'requests that visitors had to send again': people.retries(),
      'receipts asked for again and found the same': asked - other,
      'deliveries named in receipts': due.length,
      'requests at the schools': requests.length,
      'of these repeats': requests.length - new Set(requests.map(({ webhookId }) => webhookId)).size,
      'schools hung up after their commit, answered 500 before it, after it': [
        mishaps('hangs-up'),
        mishaps('fails-before'),
        mishaps('fails-after'),
      ].join(', '),
      'deliveries to capped schools, of as many': evidence
        .filter(({ most }) => most < leads)
        .map(({ records, most }) => `${records.length} of ${most}`)
        .join(', '),
      'faults that hosts told': house.faults.length,
      'seconds in all': Math.round((performance.now() - began) / 1000),
    },
    faults: faultsIn({ enquiries: leads, receipts: people.receipts, schools: evidence, answeredOtherwise: other }),
  }
}

/** Where somebody watches. */
function show(progress: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${progress}`)
}

/** Never resolves: it rejects if the work does. */
function failureOf(work: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => work.catch(reject))
}
