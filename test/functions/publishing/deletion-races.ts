import { publishIntentStore } from '#shared/store/catalog/publish-intents.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { recordKey, type StoredRecordKind, type Table } from '#shared/store/keys.ts'
import { aLead, aSchool, postLead, requestMatch, type TestSystem } from '#test/functions/create-test-system.ts'
import {
  buildCampaign,
  createTestMarket,
  deliverDue,
  explainVerdicts,
  readTimeline,
} from '#test/functions/routing/create-test-market.ts'

type Response = { status: number; text: string; body: unknown }
export type RacingAct = (race: Race) => Promise<Response>
type Race = { system: TestSystem; lead: object }
export type RacedKind = 'campaigns' | 'schools' | 'sources'

const ids = { campaigns: 'alpha', schools: 'alpha', sources: 'landing' } as const
const bodies = {
  campaigns: buildCampaign('alpha', { priceCents: 4600 }),
  schools: aSchool({ name: 'Alpha College', privacyNoticeEmail: 'privacy@alpha.example' }),
  sources: { name: 'Landing page, edited', mode: 'live' },
} as const

/** Deletes the record. A school can be deleted only after its campaigns and programs. */
export const deletes: { [Kind in RacedKind]: RacingAct } = {
  campaigns: ({ system }) => system.api.staff('DELETE', '/v1/ops/campaigns/alpha'),
  sources: ({ system }) => system.api.staff('DELETE', '/v1/ops/sources/landing'),
  schools: async ({ system }) => {
    for (const path of ['campaigns/alpha', 'programs/alpha-program'])
      await system.api.staff('DELETE', `/v1/ops/${path}`)
    return system.api.staff('DELETE', '/v1/ops/schools/alpha')
  },
}

const put =
  (kind: RacedKind, headers: { [name: string]: string }): RacingAct =>
  ({ system }) =>
    system.api.call('PUT', `/v1/ops/${kind}/${ids[kind]}`, {
      headers: { authorization: `Bearer ${system.api.staffKey}`, ...headers },
      body: bodies[kind],
    })
export const overwrite = (kind: RacedKind) => put(kind, { 'if-match': '*' })
export const create = (kind: RacedKind) => put(kind, {})

export const sendLead: RacingAct = ({ system, lead }) => postLead(system, lead, { 'idempotency-key': 'raced-form' })

/** `transactions`: the rival comes before a write of the act; `calls`: before a read or a write. */
export type RaceOptions = { createEngine: (now: () => Date) => Engine<Table>; between: 'transactions' | 'calls' }

/**
 * Runs `act`, and `rival` as a whole before one call that it makes of the engine. Returns both responses, or undefined if
 * `act` makes fewer calls.
 */
export async function race(
  { act, rival, callNumber }: { act: RacingAct; rival: RacingAct; callNumber: number },
  { createEngine, between }: RaceOptions,
) {
  const line: { beforeCall?: (() => Promise<void>) | undefined } = {}
  const system = await createTestMarket(
    { alpha: {}, beta: {} },
    { createEngine: (now) => withInterference(createEngine(now), between, () => line.beforeCall?.()) },
  )
  const contestants: Race = { system, lead: aLead(await requestMatch(system), 1) }
  let rivalResponse: Response | undefined
  let callCount = 0
  line.beforeCall = async () => {
    callCount += 1
    if (callCount <= callNumber) return
    line.beforeCall = undefined
    rivalResponse = await rival(contestants)
  }
  const response = await act(contestants)
  line.beforeCall = undefined
  return rivalResponse && { system, response, rivalResponse }
}

function withInterference(
  engine: Engine<Table>,
  between: RaceOptions['between'],
  interfere: () => Promise<void> | undefined,
): Engine<Table> {
  const beforeRead = async () => (between === 'calls' ? interfere() : undefined)
  return {
    get: (from) => beforeRead().then(() => engine.get(from)),
    query: (query) => beforeRead().then(() => engine.query(query)),
    transact: async (writes) => {
      await interfere()
      return engine.transact(writes)
    },
  }
}

/** Runs what the schedules run until nothing is left to do. */
async function quiesce({ api, ...system }: TestSystem) {
  for (const seconds of [1, 1, 121, 3600]) {
    api.advanceClock(seconds)
    await api.finishPublishing()
    await deliverDue({ api, ...system })
    await api.offer()
  }
}

/** Returns what is half done after the race: it must be one of the orders of the two acts. */
export async function findHalves(
  system: TestSystem,
  kind: RacedKind,
  responses: { deletion: Response; other: Response },
) {
  const { deletion, other } = responses
  const faults: string[] = []
  await quiesce(system)
  const openIntents = await publishIntentStore(system.api.engine).list()
  if (openIntents.length > 0) faults.push(`intents are open: ${JSON.stringify(openIntents)}`)

  if (![204, 404, 409].includes(deletion.status)) faults.push(`the deletion got ${deletion.status}`)
  const exists = await hasRecord(system, kind, ids[kind])
  const mustExist = deletion.status !== 204 || (other.status === 201 && !isReceipt(other))
  if (exists !== mustExist)
    faults.push(`${deletion.status} and ${other.status}, and the record ${exists ? 'exists' : 'is gone'}`)

  const isSold =
    (await hasRecord(system, 'campaigns', 'alpha')) &&
    (await hasRecord(system, 'programs', 'alpha-program')) &&
    (await hasRecord(system, 'schools', 'alpha'))
  const isCandidate = 'alpha' in (await explainVerdicts(system, kind === 'sources' ? { sourceId: undefined } : {}))
  if (isSold !== isCandidate) faults.push(`sold: ${isSold}, and candidate: ${isCandidate}`)

  if (isReceipt(other)) {
    const { deliveries } = await readTimeline(system, other.body.leadId)
    for (const { schoolId, state, unbound } of deliveries)
      if (state !== 'delivered' && !(state === 'dead' && unbound))
        faults.push(`the delivery to ${schoolId} is ${state}`)
    if (!deliveries.some(({ schoolId, state }) => schoolId === 'beta' && state === 'delivered'))
      faults.push('Beta, which nobody edited, did not get the lead')
  }
  return faults
}

function isReceipt(response: Response): response is Response & { body: { leadId: string } } {
  return (
    response.status === 201 && typeof response.body === 'object' && response.body !== null && 'leadId' in response.body
  )
}

async function hasRecord({ api }: TestSystem, kind: StoredRecordKind, id: string) {
  return (await api.engine.get({ in: 'catalog', key: recordKey(kind, id) })) !== undefined
}
