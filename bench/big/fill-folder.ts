import * as z from 'zod'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import { sealEntries } from '#functions/worker/seal/seal-entries.ts'
import { sweepDue } from '#functions/worker/sweep/sweep-due.ts'
import { continueWithdrawals } from '#functions/worker/withdraw/continue-withdrawals.ts'
import { buildSample } from '#local/sample/build-sample.ts'
import { leadReceipt, matchSchools } from '#shared/contract/capture/capture.ts'
import { buildContact, zips } from './build-contact.ts'
import { copyLeads } from './copy-leads.ts'
import { type ApiResponse, openSimulatedSystem, type SimulatedSystem } from './open-simulated-system.ts'
import { recordAftercare, type SentLead } from './record-aftercare.ts'

export type FillSettings = {
  dataDir: string
  /** Leads that the program takes and delivers. */
  leads: number
  /** How many copies of each are added. */
  copies: number
  days: number
  extraSchools: number
  staffKey: string
}

const career = 'health-record-technician'
const sourceId = 'big-landing-page'
const leadsAtOnce = 100
/** The program's own leads fill the first part of the days, and copies the others. */
const segments = 10
const dayMs = 24 * 60 * 60 * 1000
const matchSeconds = 20 * 60

/**
 * Fills a data folder as `npm run serve` would have: leads go through match, submission and delivery by the program itself,
 * on a clock that moves through the last `days`, and are then copied. Returns how many leads and deliveries there are.
 */
export async function fillFolder(settings: FillSettings, report: (line: string) => void) {
  const { leads, copies, days } = settings
  const endsAt = Date.now() - 60_000
  const startsAt = endsAt - days * dayMs
  const segmentDays = days / segments
  const stepMs = (segmentDays * dayMs) / leads
  const system = await openSimulatedSystem({ ...settings, random: createRandom(1) })
  system.clock.now = new Date(startsAt)
  const sourceKey = await writeRecords(system, settings)
  const matches = createMatches(system, sourceKey)
  const sent: SentLead[] = []
  let deliveryCount = 0
  for (let first = 0; first < leads; first += leadsAtOnce) {
    system.clock.now = new Date(startsAt + first * stepMs)
    const numbers = Array.from({ length: Math.min(leadsAtOnce, leads - first) }, (_, index) => first + index)
    const current = await matches.get()
    const batch = await Promise.all(numbers.map((number) => sendLead(number, current, system, sourceKey)))
    deliveryCount += batch.reduce((sum, { deliveries }) => sum + deliveries.length, 0)
    await deliverQueued(system)
    sent.push(...batch.filter(({ number }) => number % 2 === 0))
    if (first % 2000 === 0) {
      await settle(system)
      report(`${first} leads, ${deliveryCount} deliveries`)
    }
  }
  system.clock.now = new Date(endsAt)
  await settle(system)
  copyLeads({ ...settings, dayShifts: Array.from({ length: segments }, (_, index) => index * segmentDays) }, report)
  report('aftercare')
  await recordAftercare(sent, system)
  await settle(system)
  await system.release()
  return { leads: leads * (1 + copies), deliveries: deliveryCount * (1 + copies) }
}

/** Retries, audit seals and withdrawals, as the workers of a running host do them. */
export async function settle(system: SimulatedSystem): Promise<void> {
  for (let minute = 0; minute < 10; minute++) {
    system.clock.now = new Date(system.clock.now.getTime() + 60_000)
    await sweepDue(system.deps)
    await deliverQueued(system)
  }
  await sealEntries(system.deps)
  await continueWithdrawals(system.deps)
}

async function deliverQueued({ pointers, deps }: SimulatedSystem): Promise<void> {
  while (pointers.length > 0) await Promise.all(pointers.splice(0, 60).map((pointer) => deliverLead(pointer, deps)))
}

async function writeRecords(system: SimulatedSystem, { extraSchools }: FillSettings): Promise<string> {
  const put = (kind: string, id: string, body: unknown) =>
    system.callAsStaff({ method: 'PUT', target: `/v1/ops/${kind}/${id}`, body }).then(requireSuccess)
  for (const { kind, id, body } of buildSample({ webhookUrl: 'https://leads.example.com/school' }))
    await put(kind, id, body)
  for (let number = 1; number <= extraSchools; number++) {
    const schoolId = `school-${number}`
    const careerSlugs = ['medical-coding-specialist']
    await put('schools', schoolId, { name: `College ${number}`, timeZone: 'America/Chicago', creditCents: 500_000 })
    const program = { schoolId, name: `Certificate ${number}`, careerSlugs, level: 'certificate', modality: 'online' }
    await put('programs', `program-${number}`, { ...program, states: ['NY'] })
    for (const name of ['day', 'month'] as const)
      await put('campaigns', `campaign-${number}-${name}`, {
        schoolId,
        programIds: [`program-${number}`],
        caps: [{ period: name, limit: 50 }],
        priceCents: 3000,
        endpoint: { kind: 'webhook', url: `https://leads.example.com/${schoolId}` },
      })
  }
  const source = { name: 'Big landing page', mode: 'live', maxSales: 3, abuse: 'observe', formToken: 'optional' }
  const { body } = await put('sources', sourceId, source)
  return z.object({ key: z.string() }).parse(JSON.parse(body)).key
}

type Match = z.output<(typeof matchSchools.responses)[200]['body']>

/** A match of each state, made again before it expires. */
function createMatches(system: SimulatedSystem, sourceKey: string) {
  let madeAt = 0
  let current: Match[] = []
  return {
    async get(): Promise<readonly Match[]> {
      if (system.clock.now.getTime() - madeAt < matchSeconds * 1000) return current
      madeAt = system.clock.now.getTime()
      current = await Promise.all(
        zips.map(async (zip) => {
          const body = { careerSlug: career, zip, education: { highestLevel: 'high-school-diploma' } }
          const headers = [['x-source-key', sourceKey]] as const
          const response = await system.call({ method: 'POST', target: '/v1/matches', headers, body })
          return matchSchools.responses[200].body.parse(JSON.parse(requireSuccess(response).body))
        }),
      )
      return current
    },
  }
}

async function sendLead(
  number: number,
  matches: readonly Match[],
  system: SimulatedSystem,
  sourceKey: string,
): Promise<SentLead> {
  const place = number % zips.length
  const match = matches[place]
  if (!match) throw new Error('There is no match of that state.')
  const body = {
    matchId: match.matchId,
    contact: buildContact(number),
    education: { highestLevel: 'high-school-diploma' },
    startWindow: '1-3-months',
    consent: { granted: true, sha256: match.disclosure.sha256 },
    page: { url: 'https://careers.example/health-record-technician' },
    utm: { source: 'search', campaign: `campaign-${number % 50}` },
  }
  const headers = [
    ['x-source-key', sourceKey],
    ['idempotency-key', `big-${number}`],
  ] as const
  const response = await system.call({ method: 'POST', target: '/v1/leads', headers, body })
  const { leadId, schools } = leadReceipt.parse(JSON.parse(requireSuccess(response).body))
  return { leadId, number, deliveries: schools.map(({ deliveryId, schoolId }) => ({ deliveryId, schoolId })) }
}

function requireSuccess(response: ApiResponse): ApiResponse {
  if (response.status >= 300) throw new Error(`Refused with ${response.status}: ${response.body}`)
  return response
}

/** Repeatable numbers from 0 to 1 (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
