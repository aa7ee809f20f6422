import type { Engine, Key, Page, Row, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { requestMatch, type TestSystem } from '#test/functions/create-test-system.ts'
import { addEntry } from '#test/functions/ledger/accounts.ts'
import { createTestMarket, type SchoolSpec } from '#test/functions/routing/create-test-market.ts'
import { memoryEngine } from '#test/memory-engine.ts'

export const schoolIds = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'] as const
export type SchoolId = (typeof schoolIds)[number]
export const isSchoolId = (id: string): id is SchoolId => schoolIds.some((schoolId) => schoolId === id)
export type PreparedSystem = Awaited<ReturnType<typeof prepareSystem>>

const getSchoolUrl = (id: SchoolId) => `https://${id}.example/leads`
/** Returns the school of a URL or an email address. */
export const findSchoolId = (address: string) => schoolIds.find((id) => address.includes(`${id}.example`))

const buildWebhookEndpoint = (id: SchoolId) => ({ kind: 'webhook', url: getSchoolUrl(id) })
const responseRules = { rejected: [{ path: '/outcome', equals: 'failure' }], reason: '/reason' }
/** A request with custom fields, and responses that distinguish a duplicate from a rejection. */
const customEndpoint = {
  ...buildWebhookEndpoint('zeta'),
  preset: 'leadconduit',
  request: {
    format: 'form',
    fields: { id: '{{ deliveryId }}', lead: '{{ leadId }}', mail: '{{ contact.email }}' },
  },
}

/** Caps so small that leads compete for them, and so few concurrent attempts that deliveries do, too. */
const schoolSetups: { [id in SchoolId]: SchoolSpec } = {
  gamma: {
    school: { deliveries: { atOnce: 5 } },
    campaign: {
      sharing: 'exclusive',
      caps: [{ period: 'day', limit: 9 }],
      endpoint: { ...buildWebhookEndpoint('gamma'), responses: responseRules },
    },
  },
  alpha: {
    school: { deliveries: { atOnce: 8 } },
    campaign: {
      caps: [{ period: 'hour', limit: 60, onReached: 'park' }],
      waitForCallingHours: true,
      endpoint: buildWebhookEndpoint('alpha'),
    },
  },
  beta: {
    school: { caps: [{ period: 'day', limit: 50 }], deliveries: { atOnce: 8 } },
    campaign: { endpoint: { ...buildWebhookEndpoint('beta'), responses: responseRules } },
  },
  delta: {
    school: { creditCents: 45 * 4500, deliveries: { atOnce: 6, perMinute: 90 } },
    campaign: { endpoint: { ...buildWebhookEndpoint('delta'), fallbackTo: 'leads@delta.example' } },
  },
  zeta: {
    school: { deliveries: { atOnce: 5 }, privacyNoticeEmail: 'privacy@zeta.example' },
    campaign: {
      caps: [{ period: 'day', unit: 'cents', limit: 40 * 4500, onReached: 'park' }],
      endpoint: customEndpoint,
    },
  },
  epsilon: {
    school: { deliveries: { atOnce: 5 }, billing: 'prepaid' },
    campaign: {
      caps: [{ period: 'total', limit: 70 }],
      endpoint: { kind: 'email', to: 'leads@epsilon.example' },
    },
  },
}

/** The leads that epsilon has paid for when a world starts. */
const prepaidLeads = 6

/** Sets the schools up through the API. Returns the match for all visitors and the rows that each world starts with. */
export async function prepareSystem() {
  const writtenKeys = new Map<string, { in: Table; key: Key }>()
  const createEngine = (now: () => Date): Engine<Table> => {
    const engine = memoryEngine(now)
    const transact = (writes: readonly Write<Table>[]) => {
      for (const write of writes)
        writtenKeys.set(JSON.stringify([write.in, getWriteKey(write)]), { in: write.in, key: getWriteKey(write) })
      return engine.transact(writes)
    }
    return { ...engine, transact }
  }
  const system = await createTestMarket(schoolSetups, { createEngine, source: { maxSales: 3, abuse: 'off' } })
  const payment = { kind: 'payment', amountCents: prepaidLeads * 4500 }
  const paid = await addEntry(system, 'schools/epsilon', payment, 'first')
  if (paid.status !== 201) throw new Error(`The first payment of epsilon was refused: ${paid.text}`)
  const match = decodeMatch(await requestMatch(system))
  return { rows: await readRows(system, [...writtenKeys.values()]), match }
}

/** Replaces the signed match token with its plain content, as the fault injector's tokens are plain JSON. */
function decodeMatch<Match extends { matchId: string }>(match: Match): Match {
  const [, payload = ''] = match.matchId.split('.')
  return { ...match, matchId: Buffer.from(payload, 'base64url').toString() }
}

async function readRows({ api }: TestSystem, keys: readonly { in: Table; key: Key }[]) {
  const rows: { in: Table; put: Row }[] = []
  for (const from of keys) {
    const row = await api.engine.get(from)
    if (row) rows.push({ in: from.in, put: row })
  }
  return rows
}

export function getWriteKey(write: Write<Table>): Key {
  const { pk, sk } =
    'put' in write ? write.put : 'change' in write ? write.change : 'delete' in write ? write.delete : write.check
  return { pk, sk }
}

/**
 * Caches reads of the catalog, which are frequent, until the catalog is written. `onWrite` must be called after each
 * transaction.
 */
export function createCatalogCache(engine: Engine<Table>) {
  const gets = new Map<string, Promise<Row | undefined>>()
  const pages = new Map<string, Promise<Page>>()
  const memoize = <Result>(cache: Map<string, Promise<Result>>, cacheKey: object, load: () => Promise<Result>) => {
    const name = JSON.stringify(cacheKey)
    const cached = cache.get(name) ?? load()
    cache.set(name, cached)
    return cached
  }
  const catalog: Pick<Engine<Table>, 'get' | 'query'> = {
    get: (from) => memoize(gets, from, () => engine.get(from)),
    query: (query) => memoize(pages, query, () => engine.query(query)),
  }
  return {
    catalog,
    onWrite(writes: readonly Write<Table>[]) {
      if (!writes.some((write) => write.in === 'catalog')) return
      gets.clear()
      pages.clear()
    },
  }
}
