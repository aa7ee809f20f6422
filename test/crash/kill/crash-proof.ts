import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HostSettings } from '../host-settings.ts'
import { faultsIn } from '../oracle.ts'
import { dice } from '../proof/dice.ts'
import { comesToHold, news } from '../proof/news.ts'
import type { Result } from '../proof/proof.ts'
import { openSchool, type School } from '../school.ts'
import { hosts, type Moment } from './kills.ts'
import { stallsFor, writeTown } from './town.ts'
import { type Receipt, visitors } from './visitors.ts'

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
  await using scope = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-crash-'))
  scope.defer(() => rmSync(folder, { recursive: true }))
  const [answered, arrived, kept] = [news(), news(), news()]
  const schools = await Promise.all(
    stallsFor(leads).map(async (stall, at) => {
      const own = { id: stall.id, folder, dice: dice(seed + at + 1), mishapsIn100, arrived, kept }
      return { ...stall, ...(await openSchool(own)) }
    }),
  )
  for (const school of schools) scope.defer(school.close)
  let aheadSeconds = 0
  const settings = (): HostSettings => ({ dataDir: join(folder, 'data'), aheadSeconds, ...host })
  const roll = dice(seed)
  const house = hosts({ settings, dice: roll, answered, arrived })
  scope.defer(house.end)

  const beforeAnything = Math.ceil(kills / 20)
  for (let life = 0; life < beforeAnything; life++) await house.liveAndDie('starting', 1)
  await house.start()
  const sourceKey = await writeTown(await house.reachable(), schools)
  await house.end()

  const people = visitors({ sourceKey, leads, api: async () => (await house.reachable()).api, answered })
  for (let life = beforeAnything; life < kills; life++) {
    aheadSeconds = (aheadAtTheLastKill * life) / kills
    show(`${life} of ${kills} kills, ${answered.count()} leads, ${arrived.count()} requests at the schools`)
    const moment = roll.oneOf<Moment>(['starting', 'answering', 'delivering', 'answering', 'delivering'])
    // So that the last kill comes with the last leads, however many fell to the lives before.
    const upTo = Math.ceil((1.5 * (leads - answered.count())) / (kills - life + 1))
    await Promise.race([house.liveAndDie(moment, upTo), failureOf(people.done)])
  }

  const takenByTheLastKill = answered.count()
  aheadSeconds = aheadInTheEnd
  for (const school of schools) school.recover()
  await house.start()
  await people.done
  const { asked, other } = await people.askAgain()
  await comesToHold(kept, isAllKept(people.receipts, schools), quietSeconds * 1000)
  await house.end()
  for (const school of schools) await school.close()
  show('')

  const evidence = schools.map((school) => ({ ...school, ...school.evidence() }))
  return {
    figures: {
      'kills by SIGKILL': Object.values(house.killed).reduce((sum, count) => sum + count),
      'of these while starting, answering, delivering': Object.values(house.killed).join(', '),
      'leads answered with 201': people.receipts.length,
      'of these before the last kill': takenByTheLastKill,
      'requests that visitors had to send again': people.retries(),
      'receipts asked for again and found the same': asked - other,
      ...figuresOf(evidence),
      'deliveries to capped schools, of as many': evidence
        .filter(({ most }) => most < leads)
        .map(({ records, most }) => `${records.length} of ${most}`)
        .join(', '),
      'faults that hosts told': house.faults.length,
      'seconds in all': Math.round((performance.now() - began) / 1000),
    },
    faults: [
      ...house.endedThemselves.map((said) => `a host ended by itself: ${said}`),
      ...faultsIn({ enquiries: leads, receipts: people.receipts, schools: evidence, answeredOtherwise: other }),
    ],
  }
}

/** Whether every school has what the receipts name. It remembers what it has found. */
function isAllKept(receipts: readonly Receipt[], schools: readonly School[]): () => boolean {
  const schoolOf = new Map(schools.map((school) => [school.id, school]))
  const missing = new Set(receipts.flatMap(({ schools: named }) => named))
  return () => {
    for (const one of missing) {
      if (!schoolOf.get(one.schoolId)?.has(one.deliveryId)) return false
      missing.delete(one)
    }
    return true
  }
}

function figuresOf(schools: readonly (School & ReturnType<School['evidence']>)[]): Result['figures'] {
  const requests = schools.flatMap(({ log }) => log)
  const deliveries = new Set(requests.map(({ webhookId }) => webhookId)).size
  const all = (mishap: keyof School['mishaps']) => schools.reduce((sum, { mishaps }) => sum + mishaps[mishap], 0)
  return {
    'deliveries at the schools': deliveries,
    'repeats of them': requests.length - deliveries,
    'records that the receivers have': schools.reduce((sum, { records }) => sum + records.length, 0),
    'schools hung up after their commit, answered 500 before it, after it': [
      all('hangs-up'),
      all('fails-before'),
      all('fails-after'),
    ].join(', '),
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
