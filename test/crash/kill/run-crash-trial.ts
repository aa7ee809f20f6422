import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFaults } from '../find-faults.ts'
import type { HostSettings } from '../host-settings.ts'
import { type CrashSchool, openSchool } from '../open-school.ts'
import { createEventCounter, waitUntilQuiet } from '../proof/create-event-counter.ts'
import { createRandom } from '../proof/create-random.ts'
import type { ProofResult } from '../proof/proof.ts'
import { createHostSequence, type KillMoment } from './create-host-sequence.ts'
import { createTrialSchools, seedTrialData } from './seed-trial-data.ts'
import { type Receipt, startVisitors } from './start-visitors.ts'

export type CrashTrial = {
  seed: number
  kills: number
  leads: number
  host?: Partial<HostSettings>
  mishapsIn100?: number
  /** How long to wait for missing deliveries while nothing arrives. */
  quietSeconds?: number
}

// Schools accept timestamps up to 5 minutes ahead. Leases of a killed host and retries become due in that time.
const aheadSecondsAtLastKill = 120
const aheadSecondsAtEnd = 270

/**
 * Kills the host repeatedly during traffic, lets the last one finish, and compares the logs of the schools with the responses to
 * visitors.
 */
export async function runCrashTrial({
  seed,
  kills,
  leads,
  host,
  mishapsIn100 = 6,
  quietSeconds = 200,
}: CrashTrial): Promise<ProofResult> {
  const startedAtMs = performance.now()
  await using scope = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-crash-'))
  scope.defer(() => rmSync(folder, { recursive: true }))
  const [answeredLeads, schoolRequests, storedRecords] = [
    createEventCounter(),
    createEventCounter(),
    createEventCounter(),
  ]
  const schools = await Promise.all(
    createTrialSchools(leads).map(async (stall, at) => {
      const schoolSetup = {
        id: stall.id,
        folder,
        random: createRandom(seed + at + 1),
        mishapsIn100,
        schoolRequests,
        storedRecords,
      }
      return { ...stall, ...(await openSchool(schoolSetup)) }
    }),
  )
  for (const school of schools) scope.defer(school.close)
  let aheadSeconds = 0
  let lives = 0
  // Every second host sends webhooks by a thread, so that each kind of host finds what the other left.
  const settings = (): HostSettings => {
    lives += 1
    return { dataDir: join(folder, 'data'), aheadSeconds, deliveryThread: lives % 2 === 0, ...host }
  }
  const random = createRandom(seed)
  const hostSequence = createHostSequence({ settings, random, answeredLeads, schoolRequests })
  scope.defer(hostSequence.end)

  const killsBeforeSetup = Math.ceil(kills / 20)
  for (let life = 0; life < killsBeforeSetup; life++) await hostSequence.runAndKill('starting', 1)
  await hostSequence.start()
  const sourceKey = await seedTrialData(await hostSequence.reachable(), schools)
  await hostSequence.end()

  const visitorPool = startVisitors({
    sourceKey,
    leads,
    api: async () => (await hostSequence.reachable()).api,
    answeredLeads,
  })
  for (let life = killsBeforeSetup; life < kills; life++) {
    aheadSeconds = (aheadSecondsAtLastKill * life) / kills
    showProgress(
      `${life} of ${kills} kills, ${answeredLeads.count()} leads, ${schoolRequests.count()} requests at the schools`,
    )
    const killMoment = random.oneOf<KillMoment>(['starting', 'answering', 'delivering', 'answering', 'delivering'])
    // Spreads the kills, so that the last one comes with the last leads.
    const maxAnswers = Math.ceil((1.5 * (leads - answeredLeads.count())) / (kills - life + 1))
    await Promise.race([hostSequence.runAndKill(killMoment, maxAnswers), rejectOnFailure(visitorPool.done)])
  }

  const answeredBeforeLastKill = answeredLeads.count()
  aheadSeconds = aheadSecondsAtEnd
  for (const school of schools) school.recover()
  await hostSequence.start()
  await visitorPool.done
  const { replayedCount, other: differentCount } = await visitorPool.resendSamples()
  await waitUntilQuiet(storedRecords, createCompletenessCheck(visitorPool.receipts, schools), quietSeconds * 1000)
  await hostSequence.end()
  for (const school of schools) await school.close()
  showProgress('')

  const evidence = schools.map((school) => ({ ...school, ...school.evidence() }))
  return {
    figures: {
      'kills by SIGKILL': Object.values(hostSequence.killed).reduce((sum, count) => sum + count),
      'of these while starting, answering, delivering': Object.values(hostSequence.killed).join(', '),
      'leads answered with 201': visitorPool.receipts.length,
      'of these before the last kill': answeredBeforeLastKill,
      'requests that visitors had to send again': visitorPool.retries(),
      'receipts asked for again and found the same': replayedCount - differentCount,
      ...buildFigures(evidence),
      'deliveries to capped schools, of as many': evidence
        .filter(({ maxLeads }) => maxLeads < leads)
        .map(({ records, maxLeads }) => `${records.length} of ${maxLeads}`)
        .join(', '),
      'faults that hosts told': hostSequence.faults.length,
      'seconds in all': Math.round((performance.now() - startedAtMs) / 1000),
    },
    faults: [
      ...hostSequence.endedThemselves.map((message) => `a host ended by itself: ${message}`),
      ...findFaults({
        submissionCount: leads,
        receipts: visitorPool.receipts,
        schools: evidence,
        changedResponses: differentCount,
      }),
    ],
  }
}

/** Returns whether every school has the deliveries that the receipts name. Caches what it has found. */
function createCompletenessCheck(receipts: readonly Receipt[], schools: readonly CrashSchool[]): () => boolean {
  const schoolsById = new Map(schools.map((school) => [school.id, school]))
  const missing = new Set(receipts.flatMap(({ schools: promisedSchools }) => promisedSchools))
  return () => {
    for (const promise of missing) {
      if (!schoolsById.get(promise.schoolId)?.has(promise.deliveryId)) return false
      missing.delete(promise)
    }
    return true
  }
}

function buildFigures(schools: readonly (CrashSchool & ReturnType<CrashSchool['evidence']>)[]): ProofResult['figures'] {
  const requests = schools.flatMap(({ log }) => log)
  const deliveries = new Set(requests.map(({ webhookId }) => webhookId)).size
  const all = (mishap: keyof CrashSchool['mishaps']) => schools.reduce((sum, { mishaps }) => sum + mishaps[mishap], 0)
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

/** Prints progress on a terminal. */
function showProgress(progress: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${progress}`)
}

/** Never resolves: it rejects if the work does. */
function rejectOnFailure(work: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => work.catch(reject))
}
