import type { Engine, Key, Page, Row, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { aMarket, type Stall } from '#test/functions/routing/market.ts'
import { ask, type Town } from '#test/functions/town.ts'
import { memoryEngine } from '#test/memory-engine.ts'

export const schoolIds = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'] as const
export type SchoolId = (typeof schoolIds)[number]
export const isSchool = (id: string): id is SchoolId => schoolIds.some((known) => known === id)
export type SettledTown = Awaited<ReturnType<typeof settledTown>>

const urlOf = (id: SchoolId) => `https://${id}.example/leads`
/** Its address tells whose it is, be it a website or a mailbox. */
export const schoolAt = (address: string) => schoolIds.find((id) => address.includes(`${id}.example`))

const bareWebhook = (id: SchoolId) => ({ kind: 'webhook', url: urlOf(id) })
const says = { rejected: [{ path: '/outcome', equals: 'failure' }], reason: '/reason' }
/** Its own fields, and answers that tell a duplicate from a no. */
const ownShape = {
  ...bareWebhook('zeta'),
  preset: 'leadconduit',
  request: {
    format: 'form',
    fields: { id: '{{ deliveryId }}', lead: '{{ leadId }}', mail: '{{ contact.email }}' },
  },
}

/** Caps so small that leads fight for them, and slots so few that attempts do. */
const stalls: { [id in SchoolId]: Stall } = {
  gamma: {
    school: { deliveries: { atOnce: 5 } },
    campaign: {
      sharing: 'exclusive',
      caps: [{ period: 'day', limit: 9 }],
      endpoint: { ...bareWebhook('gamma'), responses: says },
    },
  },
  alpha: {
    school: { deliveries: { atOnce: 8 } },
    campaign: { caps: [{ period: 'hour', limit: 60, onReached: 'park' }], endpoint: bareWebhook('alpha') },
  },
  beta: {
    school: { caps: [{ period: 'day', limit: 50 }], deliveries: { atOnce: 8 } },
    campaign: { endpoint: { ...bareWebhook('beta'), responses: says } },
  },
  delta: {
    school: { creditCents: 45 * 4500, deliveries: { atOnce: 6, perMinute: 90 } },
    campaign: { endpoint: { ...bareWebhook('delta'), fallbackTo: 'leads@delta.example' } },
  },
  zeta: {
    school: { deliveries: { atOnce: 5 }, noticesTo: 'privacy@zeta.example' },
    campaign: { caps: [{ period: 'day', unit: 'cents', limit: 40 * 4500, onReached: 'park' }], endpoint: ownShape },
  },
  epsilon: {
    school: { deliveries: { atOnce: 5 } },
    campaign: {
      caps: [{ period: 'total', limit: 70 }],
      endpoint: { kind: 'email', to: 'leads@epsilon.example' },
    },
  },
}

/** Set up once through the API, with the match that all visitors were shown; each world begins with a copy of its rows. */
export async function settledTown() {
  const touched = new Map<string, { in: Table; key: Key }>()
  const engineOf = (now: () => Date): Engine<Table> => {
    const engine = memoryEngine(now)
    const transact = (writes: readonly Write<Table>[]) => {
      for (const write of writes)
        touched.set(JSON.stringify([write.in, keyOf(write)]), { in: write.in, key: keyOf(write) })
      return engine.transact(writes)
    }
    return { ...engine, transact }
  }
  const town = await aMarket(stalls, { engineOf, source: { maxSales: 3, abuse: 'off' } })
  const match = unsealed(await ask(town))
  return { rows: await rowsOf(town, [...touched.values()]), match, catalog: frozen(town.house.engine) }
}

/** A token of ours says what is in it; here nobody forges one. */
function unsealed<Match extends { matchId: string }>(match: Match): Match {
  const [, payload = ''] = match.matchId.split('.')
  return { ...match, matchId: Buffer.from(payload, 'base64url').toString() }
}

async function rowsOf({ house }: Town, keys: readonly { in: Table; key: Key }[]) {
  const rows: { in: Table; put: Row }[] = []
  for (const from of keys) {
    const row = await house.engine.get(from)
    if (row) rows.push({ in: from.in, put: row })
  }
  return rows
}

export function keyOf(write: Write<Table>): Key {
  const { pk, sk } =
    'put' in write ? write.put : 'change' in write ? write.change : 'delete' in write ? write.delete : write.check
  return { pk, sk }
}

/** The catalogue of a world in which nobody edits: it is read so often that it is read from memory, once for each question. */
function frozen(engine: Engine<Table>): Engine<Table> {
  const gets = new Map<string, Promise<Row | undefined>>()
  const pages = new Map<string, Promise<Page>>()
  const once = <Found>(answers: Map<string, Promise<Found>>, question: object, ask: () => Promise<Found>) => {
    const name = JSON.stringify(question)
    const answer = answers.get(name) ?? ask()
    answers.set(name, answer)
    return answer
  }
  return {
    get: (from) => once(gets, from, () => engine.get(from)),
    query: (query) => once(pages, query, () => engine.query(query)),
    transact: engine.transact,
  }
}
