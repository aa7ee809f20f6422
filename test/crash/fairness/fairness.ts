import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { createClient } from '#shared/contract/client.ts'
import { proofSize } from '#test/test-sizes.ts'
import { career, seedTrialData } from '../kill/seed-trial-data.ts'
import { startHostProcess } from '../kill/start-host-process.ts'
import { buildForm, education } from '../kill/start-visitors.ts'
import { createEventCounter, waitUntilQuiet } from '../proof/create-event-counter.ts'
import type { Proof, ProofResult } from '../proof/proof.ts'
import { openTimedSchool, type TimedSchool } from './open-timed-school.ts'

type FairnessTrial = { pairs: number; leads: number; perSecond: number }
type SentDelivery = { schoolId: string; deliveryId: string; sentAt: number; answeredAt: number }

const schoolCount = 20
// The first leads of a round reach a host that is not warmed up.
const warmUpSeconds = 5
const answersAfterMs = 20
const maxGrowth = 1.2
const leadsPerSecond = 40

/** One school accepts connections and never responds. Other schools must not be delayed. */
export const fairness: Proof = {
  title: 'One of 20 schools hangs',
  run: ({ size }) =>
    compare({
      pairs: proofSize('fairnessPairs', size),
      leads: proofSize('leadsPerFairnessRound', size),
      perSecond: leadsPerSecond,
    }),
}

/** Alternates rounds with and without the hanging school, so that other load on the machine affects both equally. */
async function compare({ pairs, leads, perSecond }: FairnessTrial): Promise<ProofResult> {
  const waits = { well: [] as DeliveryWait[], hanging: [] as DeliveryWait[] }
  let [lostDeliveries, openConnections] = [0, 0]
  for (let pair = 0; pair < pairs; pair++)
    for (const kind of ['well', 'hanging'] as const) {
      const round = await runRound({ leads, perSecond, ninth: kind === 'hanging' ? 'hangs' : 'answers' })
      waits[kind].push(...round.waits)
      lostDeliveries += round.lost
      openConnections = Math.max(openConnections, round.heldOpen)
    }
  const percentileWait = (kind: keyof typeof waits, since: keyof DeliveryWait, share: number) =>
    computePercentile(
      waits[kind].map((wait) => wait[since]),
      share,
    )
  const growth = percentileWait('hanging', 'sinceSent', 0.99) / percentileWait('well', 'sinceSent', 0.99)
  const formatBoth = (since: keyof DeliveryWait, share: number) =>
    `${percentileWait('well', since, share).toFixed(1)} ms without, ${percentileWait('hanging', since, share).toFixed(1)} ms with`
  return {
    figures: {
      'rounds without and with a hanging school': `${pairs} and ${pairs}`,
      'leads a second, each to one of 20 schools': perSecond,
      'deliveries to the other 19 schools': `${waits.well.length} without, ${waits.hanging.length} with`,
      'p50 from the request to the arrival at a school': formatBoth('sinceSent', 0.5),
      'p99 from the request to the arrival at a school': formatBoth('sinceSent', 0.99),
      'p50 from the 201 to the arrival': formatBoth('sinceAnswered', 0.5),
      'p99 from the 201 to the arrival': formatBoth('sinceAnswered', 0.99),
      'p99 with the hanging school, as a multiple': growth.toFixed(2),
      'connections that the hanging school held open at most': openConnections,
    },
    faults: [
      ...(lostDeliveries > 0 ? [`${lostDeliveries} deliveries to schools that answer did not arrive`] : []),
      ...(growth > maxGrowth
        ? [`The others' p99 grew to ${growth.toFixed(2)} times what it was; ${maxGrowth} is promised`]
        : []),
    ],
  }
}

type DeliveryWait = { sinceSent: number; sinceAnswered: number }
type FairnessRound = { leads: number; perSecond: number; ninth: TimedSchool['manner'] }

async function runRound({ leads, perSecond, ninth }: FairnessRound) {
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-fair-'))
  const arrivalEvents = createEventCounter()
  const schools = await Promise.all(
    Array.from({ length: schoolCount }, (_, at) =>
      openTimedSchool({ id: `school-${at}`, manner: at === 9 ? ninth : 'answers', answersAfterMs, arrivalEvents }),
    ),
  )
  const host = startHostProcess({ dataDir: folder, aheadSeconds: 0 })
  const ready = await host.ready
  if (!ready) throw new Error(`The host did not start: ${host.faults.join('\n')}`)
  const townSchools = schools.map((school) => ({ ...school, maxLeads: leads, campaign: {} }))
  const key = await seedTrialData(ready, townSchools)
  const sentDeliveries = await sendAtConstantRate(ready.api, key, { leads, perSecond })

  // The ninth is measured in neither kind of round.
  const others = sentDeliveries.filter(({ schoolId }) => schoolId !== 'school-9')
  const schoolsById = new Map(schools.map((school) => [school.id, school]))
  const getArrivalTime = ({ schoolId, deliveryId }: SentDelivery) => schoolsById.get(schoolId)?.arrivals.get(deliveryId)
  await waitUntilQuiet(arrivalEvents, () => others.every((delivery) => getArrivalTime(delivery) !== undefined), 30_000)
  await host.kill()
  for (const school of schools) school.close()
  rmSync(folder, { recursive: true })

  const waits = others.flatMap((delivery): DeliveryWait[] => {
    const arrivedAt = getArrivalTime(delivery)
    return arrivedAt === undefined
      ? []
      : [{ sinceSent: arrivedAt - delivery.sentAt, sinceAnswered: arrivedAt - delivery.answeredAt }]
  })
  return {
    waits,
    lost: others.length - waits.length,
    heldOpen: ninth === 'hangs' ? (schools[9]?.seen.maxOpen ?? 0) : 0,
  }
}

/** Sends without waiting for responses, so that a slow host becomes visible. */
async function sendAtConstantRate(
  baseUrl: string,
  key: string,
  { leads, perSecond }: Pick<FairnessRound, 'leads' | 'perSecond'>,
) {
  const call = createClient({ baseUrl, headers: { 'x-source-key': key } })
  const fetchMatch = async (schoolId: string) => {
    const response = await call(matchSchools, {
      body: { careerSlug: career, programId: schoolId, zip: '78701', education },
    })
    if (response.status === 200) return response.body
    throw new Error(`No match: ${response.text}`)
  }
  const matches = await Promise.all(Array.from({ length: schoolCount }, (_, at) => fetchMatch(`school-${at}`)))
  const requests = Array.from({ length: leads }, async (_, number): Promise<SentDelivery[]> => {
    await sleep((number * 1000) / perSecond)
    const [match] = matches.slice(number % schoolCount)
    if (!match) return []
    const sentAt = performance.now()
    const headers = { 'idempotency-key': `visitor-${number}` }
    const response = await call(submitLead, { headers, body: buildForm(number, match) })
    if (response.status !== 201) throw new Error(`Visitor ${number} was refused: ${response.text}`)
    const answeredAt = performance.now()
    if (number < warmUpSeconds * perSecond) return []
    return response.body.schools.map(({ schoolId, deliveryId }) => ({ schoolId, deliveryId, sentAt, answeredAt }))
  })
  return (await Promise.all(requests)).flat()
}

function computePercentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
