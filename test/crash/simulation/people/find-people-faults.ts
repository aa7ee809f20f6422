import { openIntentWrite } from '#shared/store/catalog/publish-intents.ts'
import type { Engine, Key, Row, Write } from '#shared/store/engine/engine.ts'
import { consentKey, leadKey, type Table, tables } from '#shared/store/keys.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { publishRecord } from '#shared/workflows/catalog/publish-record.ts'
import { formatUnpacked } from '#test/functions/house/format-unpacked.ts'
import { mapEngine } from '#test/map-engine.ts'
import { maxSkewMs } from '../find-attempt-faults.ts'
import { getWriteKey } from '../prepare-system.ts'
import type { SimulatedWorld } from '../run-world.ts'

const minuteMs = 60_000
const recordKinds = ['careers', 'schools', 'programs', 'campaigns', 'sources'] as const

/**
 * Returns a fault for each lead that came to a legal entity that the consent text does not name, for each that a school
 * could read after the withdrawal, for each that is not marked as withdrawn, and for each composed row that differs from the
 * records.
 */
export async function findPeopleFaults(world: SimulatedWorld): Promise<string[]> {
  if (!world.hasPeople) return []
  return [
    ...(await findUnnamedEntities(world)),
    ...(await findReadingsAfterWithdrawal(world)),
    ...(await findUnmarkedLeads(world)),
    ...(await findStaleRows(world)),
  ]
}

/** Judged by the names that the school had during the attempt, because a record may change while it is under way. */
async function findUnnamedEntities({ engine, schools, observations }: SimulatedWorld): Promise<string[]> {
  const faults: string[] = []
  for (const { schoolId, leadId, at, person } of schools.log) {
    // A notice of an erasure or a withdrawal has no contact details.
    if (person === '') continue
    const consent = await engine.get({ in: 'leads', key: consentKey(leadId) })
    if (!consent) continue
    const names = observations.legalNames.filter((one) => one.schoolId === schoolId)
    const current = names.findLastIndex((one) => one.at <= at - minuteMs)
    const namesAtAttempt = names.slice(Math.max(current, 0)).filter((one) => one.at <= at)
    const text = formatUnpacked(consent)
    if (!namesAtAttempt.some(({ legalName }) => text.includes(legalName)))
      faults.push(`${leadId} arrived at ${namesAtAttempt.at(-1)?.legalName}, whom its consent does not name`)
  }
  return faults
}

type WithdrawnLead = { leadId: string; withdrawnAt: number; row: Row }

/** The leads that came before the withdrawal of their visitor. */
async function listWithdrawnLeads({ engine, visitors }: SimulatedWorld): Promise<WithdrawnLead[]> {
  const withdrawalTimes = new Map(visitors.map(({ email, getWithdrawalTime }) => [email, getWithdrawalTime?.()]))
  const leads: WithdrawnLead[] = []
  for (const { email, receipt } of visitors) {
    const withdrawnAt = withdrawalTimes.get(email)
    const row = receipt && (await engine.get({ in: 'leads', key: leadKey(receipt.leadId) }))
    if (withdrawnAt !== undefined && row && Date.parse(String(row.receivedAt)) <= withdrawnAt - maxSkewMs)
      leads.push({ leadId: receipt.leadId, withdrawnAt, row })
  }
  return leads
}

async function findUnmarkedLeads(world: SimulatedWorld): Promise<string[]> {
  return (await listWithdrawnLeads(world)).flatMap(({ leadId, row }) =>
    (row.withdrawnAt ?? row.erasedAt) === undefined ? [`${leadId} is not marked, but its visitor has withdrawn`] : [],
  )
}

async function findReadingsAfterWithdrawal(world: SimulatedWorld): Promise<string[]> {
  const { readers } = world
  const faults: string[] = []
  for (const { leadId, withdrawnAt } of await listWithdrawnLeads(world)) {
    for (const { schoolId, askedAt } of readers.readings.filter((reading) => reading.leadId === leadId))
      if (askedAt > withdrawnAt)
        faults.push(`${schoolId} could read ${leadId} ${askedAt - withdrawnAt} ms after its visitor had withdrawn`)
  }
  return faults
}

/** Compares the composed rows with rows that are composed again from the records. */
async function findStaleRows({ engine, observations, loop }: SimulatedWorld): Promise<string[]> {
  const rows = await readCatalog(engine, observations.listCatalogKeys())
  const fresh = mapEngine({ shapes: tables, now: () => new Date(loop.now()) })
  const freshKeys = new Map<string, Key>()
  const recording: Engine<Table> = {
    ...fresh,
    transact: (writes: readonly Write<Table>[]) => {
      for (const write of writes) freshKeys.set(toName(getWriteKey(write)), getWriteKey(write))
      return fresh.transact(writes)
    },
  }
  for (const row of rows.filter(({ pk }) => pk.startsWith('RECORD#')))
    await fresh.transact([{ in: 'catalog', put: row }])
  const at = new Date(loop.now()).toISOString()
  let ids = 0
  const deps = {
    ...openStores(recording),
    now: () => new Date(at),
    newId: (kind: string) => `${kind}_${ids++}`,
  }
  for (const kind of recordKinds)
    for (const { sk: id } of rows.filter(({ pk }) => pk === `RECORD#${kind}`)) {
      await fresh.transact([openIntentWrite({ kind, id, intentId: deps.newId('intent'), at })])
      await publishRecord({ kind, id, deadline: '9999-12-31T00:00:00.000Z' }, deps)
    }
  const expected = indexComposed(await readCatalog(fresh, freshKeys.values()))
  const actual = indexComposed(rows)
  return [...new Set([...expected.keys(), ...actual.keys()])].flatMap((name) =>
    expected.get(name) === actual.get(name) ? [] : [`${name} does not show what the records say`],
  )
}

function indexComposed(rows: readonly Row[]): Map<string, string> {
  const composed = rows.filter(({ pk }) => /^(ROUTING|PAGE|OFFER)#/.test(pk))
  // A listing counts its changes, and a record may have changed more often than it is published here.
  const listShown = (row: Row) =>
    Object.entries(row).filter(([name]) => name !== 'version' || !row.sk.startsWith('LISTING'))
  return new Map(composed.map((row) => [toName(row), JSON.stringify(listShown(row).toSorted())]))
}

async function readCatalog(engine: Engine<Table>, keys: Iterable<Key>): Promise<Row[]> {
  const rows = await Promise.all([...keys].map((key) => engine.get({ in: 'catalog', key })))
  return rows.flatMap((row) => row ?? [])
}

function toName({ pk, sk }: Key): string {
  return `${pk} ${sk}`
}
