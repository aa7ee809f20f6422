import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { client } from '#shared/contract/client.ts'
import { startChild } from '../kill/child.ts'
import { career, writeTown } from '../kill/town.ts'
import { education, form } from '../kill/visitors.ts'
import { comesToHold, news } from '../proof/news.ts'
import type { Proof, Result } from '../proof/proof.ts'
import { openTimedSchool, type TimedSchool } from './timed-school.ts'

type Trial = { pairs: number; leads: number; perSecond: number }
type Sent = { schoolId: string; deliveryId: string; sentAt: number; answeredAt: number }

const schoolCount = 20
// The first leads of a round find a host that is not warm yet.
const warmUpSeconds = 5
const answersAfterMs = 20
const mostGrowth = 1.2
const trials: { small: Trial; full: Trial } = {
  small: { pairs: 1, leads: 400, perSecond: 40 },
  full: { pairs: 4, leads: 800, perSecond: 40 },
}

/** One school accepts everything and never answers. The others are not to notice. */
export const fairness: Proof = {
  title: 'One of 20 schools hangs',
  run: ({ size }) => compare(trials[size]),
}

/** Rounds with and without take turns, so that whatever else the machine does falls on both alike. */
async function compare({ pairs, leads, perSecond }: Trial): Promise<Result> {
  const waits = { well: [] as Wait[], hanging: [] as Wait[] }
  let [lost, heldOpen] = [0, 0]
  for (let pair = 0; pair < pairs; pair++)
    for (const kind of ['well', 'hanging'] as const) {
      const round = await runRound({ leads, perSecond, ninth: kind === 'hanging' ? 'hangs' : 'answers' })
      waits[kind].push(...round.waits)
      lost += round.lost
      heldOpen = Math.max(heldOpen, round.heldOpen)
    }
  const at = (kind: keyof typeof waits, since: keyof Wait, share: number) =>
    percentile(
      waits[kind].map((wait) => wait[since]),
      share,
    )
  const growth = at('hanging', 'sinceSent', 0.99) / at('well', 'sinceSent', 0.99)
  const both = (since: keyof Wait, share: number) =>
    `${at('well', since, share).toFixed(1)} ms without, ${at('hanging', since, share).toFixed(1)} ms with`
  return {
    figures: {
      'rounds without and with a hanging school': `${pairs} and ${pairs}`,
      'leads a second, each to one of 20 schools': perSecond,
      'deliveries to the other 19 schools': `${waits.well.length} without, ${waits.hanging.length} with`,
      'p50 from the enquiry to the arrival at a school': both('sinceSent', 0.5),
      'p99 from the enquiry to the arrival at a school': both('sinceSent', 0.99),
      'p50 from the 201 to the arrival': both('sinceAnswered', 0.5),
      'p99 from the 201 to the arrival': both('sinceAnswered', 0.99),
      'p99 with the hanging school, as a multiple': growth.toFixed(2),
      'connections that the hanging school held open at most': heldOpen,
    },
    faults: [
      ...(lost > 0 ? [`${lost} deliveries to schools that answer did not arrive`] : []),
      ...(growth > mostGrowth
        ? [`The others' p99 grew to ${growth.toFixed(2)} times what it was; ${mostGrowth} is promised`]
        : []),
    ],
  }
}

type Wait = { sinceSent: number; sinceAnswered: number }
type Round = { leads: number; perSecond: number; ninth: TimedSchool['manner'] }

async function runRound({ leads, perSecond, ninth }: Round) {
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-fair-'))
  const arrived = news()
  const schools = await Promise.all(
    Array.from({ length: schoolCount }, (_, at) =>
      openTimedSchool({ id: `school-${at}`, manner: at === 9 ? ninth : 'answers', answersAfterMs, arrived }),
    ),
  )
  const host = startChild({ dataDir: folder, aheadSeconds: 0 })
  const ready = await host.ready
  if (!ready) throw new Error(`The host did not start: ${host.faults.join('\n')}`)
  const stalls = schools.map((school) => ({ ...school, most: leads, campaign: {} }))
  const key = await writeTown(ready, stalls)
  const sent = await sendAtARate(ready.api, key, { leads, perSecond })

  // The ninth is measured in neither kind of round.
  const others = sent.filter(({ schoolId }) => schoolId !== 'school-9')
  const schoolOf = new Map(schools.map((school) => [school.id, school]))
  const arrivalOf = ({ schoolId, deliveryId }: Sent) => schoolOf.get(schoolId)?.arrivals.get(deliveryId)
  await comesToHold(arrived, () => others.every((one) => arrivalOf(one) !== undefined), 30_000)
  await host.kill()
  for (const school of schools) school.close()
  rmSync(folder, { recursive: true })

  const waits = others.flatMap((one): Wait[] => {
    const at = arrivalOf(one)
    return at === undefined ? [] : [{ sinceSent: at - one.sentAt, sinceAnswered: at - one.answeredAt }]
  })
  return {
    waits,
    lost: others.length - waits.length,
    heldOpen: ninth === 'hangs' ? (schools[9]?.seen.mostOpen ?? 0) : 0,
  }
}

/** Does not wait for answers before the next one is sent: a host that falls behind is seen to. */
async function sendAtARate(baseUrl: string, key: string, { leads, perSecond }: Pick<Round, 'leads' | 'perSecond'>) {
  const call = client({ baseUrl, headers: { 'x-source-key': key } })
  const matchOf = async (schoolId: string) => {
    const answer = await call(matchSchools, {
      body: { careerSlug: career, programId: schoolId, zip: '78701', education },
    })
    if (answer.status === 200) return answer.body
    throw new Error(`No match: ${answer.text}`)
  }
  const matches = await Promise.all(Array.from({ length: schoolCount }, (_, at) => matchOf(`school-${at}`)))
  const each = Array.from({ length: leads }, async (_, number): Promise<Sent[]> => {
    await sleep((number * 1000) / perSecond)
    const [match] = matches.slice(number % schoolCount)
    if (!match) return []
    const sentAt = performance.now()
    const headers = { 'idempotency-key': `visitor-${number}` }
    const answer = await call(submitLead, { headers, body: form(number, match) })
    if (answer.status !== 201) throw new Error(`Visitor ${number} was refused: ${answer.text}`)
    const answeredAt = performance.now()
    if (number < warmUpSeconds * perSecond) return []
    return answer.body.schools.map(({ schoolId, deliveryId }) => ({ schoolId, deliveryId, sentAt, answeredAt }))
  })
  return (await Promise.all(each)).flat()
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
