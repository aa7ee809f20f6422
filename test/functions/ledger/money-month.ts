import * as z from 'zod'
import { readAccount } from '#shared/contract/reporting/ledger.ts'
import { readStatement } from '#shared/contract/reporting/statements.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { deliveryKey, returnKey, type Table } from '#shared/store/keys.ts'
import { aSchool, putRecord } from '#test/functions/create-test-system.ts'
import { erase } from '#test/functions/erasure/canary-lead.ts'
import { bounceLastEmail } from '#test/functions/returns/bounce-last-email.ts'
import { createTestMarket, deliverDue, setRejectingSchools, visit } from '#test/functions/routing/create-test-market.ts'
import { addEntry } from './accounts.ts'
import { findMarginFaults } from './find-margin-faults.ts'

const schools = ['alder', 'cedar'] as const
type School = (typeof schools)[number]
const zones = ['America/Chicago', 'Asia/Tokyo', 'UTC', 'America/Los_Angeles']
const daySeconds = 86_400
const payoutPercent = 40

/** What the test saw happen to the money of a school. `closedMonths`: how many months of it were closed then. */
type Happening = {
  school: School
  kind: string
  cents: number
  at: string
  closedMonths: number
  by: 'leads' | 'staff'
}

type RawLead = {
  deliveredAt?: string | undefined
  returned: boolean
  priceCents: number
  school: School
  leadId: string
}

/**
 * Runs random commands of visitors, schools, staff and the clock, and keeps books of its own from the raw rows: before and
 * after each command it looks which leads their schools have, and which of them were returned.
 */
export async function playCommands(
  { commandCount, random }: { commandCount: number; random: () => number },
  createEngine: (now: () => Date) => Engine<Table>,
) {
  const system = await createTestMarket(
    { alder: {}, cedar: { campaign: { endpoint: { kind: 'email', to: 'leads@cedar.example' } } } },
    {
      createEngine,
      source: { payout: { amount: { kind: 'share', percent: payoutPercent } }, caps: [{ period: 'day', limit: 40 }] },
    },
  )
  const { api } = system
  const keys = { alder: await api.schoolKey('alder'), cedar: await api.schoolKey('cedar') }
  const rawLeads = new Map<string, RawLead>()
  const happenings: Happening[] = []
  const closed = new Map<string, string>()
  const closedMonths: { [school in School]: number } = { alder: 0, cedar: 0 }
  const entryIds: { school: School; entryId: string; cents: number }[] = []
  const faults: string[] = []
  const prices: { [school in School]: number } = { alder: 4500, cedar: 4500 }
  let person = 0

  const choose = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)]
  const book = (school: School, kind: string, cents: number, by: Happening['by'] = 'leads') =>
    happenings.push({ school, kind, cents, by, at: api.clock.now.toISOString(), closedMonths: closedMonths[school] })

  const commands: { weight: number; run: () => Promise<unknown> }[] = [
    {
      weight: 6,
      run: async () => {
        person += 1
        const { receipt } = await visit(system, person)
        for (const { deliveryId, schoolId } of receipt.schools) {
          const school = schoolId === 'alder' ? 'alder' : 'cedar'
          rawLeads.set(deliveryId, { school, leadId: receipt.leadId, returned: false, priceCents: prices[school] })
        }
      },
    },
    {
      weight: 6,
      run: async () => {
        setRejectingSchools(system, ...(random() < 0.2 ? ['alder'] : []))
        await deliverDue(system)
      },
    },
    { weight: 2, run: () => act((id) => api.staff('POST', `/v1/ops/deliveries/${id}/replay`)) },
    {
      weight: 3,
      run: () =>
        act(async (id, { school }) => {
          const headers = { authorization: `Bearer ${keys[school]}` }
          await api.call('POST', `/v1/school/deliveries/${id}/returns`, { headers, body: { reason: 'duplicate' } })
          const verdict = random() < 0.7 ? 'accept' : 'refuse'
          const body = verdict === 'refuse' ? { answer: 'No.' } : {}
          // A double click.
          await Promise.all([1, 2].map(() => api.staff('POST', `/v1/ops/deliveries/${id}/return/${verdict}`, { body })))
        }),
    },
    { weight: 2, run: () => act((id) => bounceLastEmail(system, id), 'cedar') },
    { weight: 1, run: () => act((_, { leadId }) => erase(system, { leadId })) },
    {
      weight: 3,
      run: async () => {
        const school = choose(schools) ?? 'alder'
        const isPayment = random() < 0.6
        const cents = Math.ceil(random() * 20_000) * (isPayment || random() < 0.5 ? 1 : -1)
        const body = isPayment
          ? { kind: 'payment', amountCents: cents }
          : { kind: 'adjustment', amountCents: cents, reason: 'A test' }
        const key = `entry-${happenings.length}-${person}-${cents}`
        // The request is repeated, as after a lost response.
        const responses = await Promise.all([1, 2].map(() => addEntry(system, `schools/${school}`, body, key)))
        const created = responses.filter(({ status }) => status === 201)
        for (const response of created) {
          entryIds.push({ school, entryId: z.object({ entryId: z.string() }).parse(response.body).entryId, cents })
          book(school, body.kind, cents, 'staff')
        }
      },
    },
    {
      weight: 1,
      run: async () => {
        const entry = choose(entryIds)
        if (!entry) return
        const body = { kind: 'reversal', entryId: entry.entryId, reason: 'A test' }
        const { status } = await addEntry(system, `schools/${entry.school}`, body)
        if (status === 201) book(entry.school, 'reversal', -entry.cents, 'staff')
      },
    },
    {
      weight: 1,
      run: async () => {
        const school = choose(schools) ?? 'alder'
        const fields = { timeZone: choose(zones), ...(random() < 0.5 && { creditCents: 400_000 }) }
        await putRecord(api, 'schools', school, aSchool({ name: `${school} College`, ...fields }))
      },
    },
    { weight: 4, run: async () => api.advanceClock(random() * 2 * daySeconds) },
    { weight: 1, run: async () => api.advanceClock(-random() * 3 * daySeconds) },
    { weight: 1, run: closeMonths },
  ]
  const total = commands.reduce((sum, { weight }) => sum + weight, 0)

  for (let number = 0; number < commandCount && faults.length === 0; number++) {
    let left = random() * total
    const command = commands.find(({ weight }) => {
      left -= weight
      return left < 0
    })
    await command?.run()
    await bookChanges()
  }
  // However far the clock came, a month ends.
  api.advanceClock(40 * daySeconds)
  await closeMonths()
  await compareStatements()
  faults.push(...(await findMarginFaults({ system, leads: [...rawLeads.values()], payoutPercent })))
  return { faults, happenings, closedStatements: closed.size, system }

  async function act(run: (deliveryId: string, lead: RawLead) => Promise<unknown>, only?: School) {
    const chosen = choose([...rawLeads].filter(([, { school }]) => only === undefined || school === only).slice(-20))
    if (chosen) await run(...chosen)
  }

  /** Reads the raw rows of the leads that may have changed. */
  async function bookChanges() {
    for (const [deliveryId, lead] of [...rawLeads].slice(-150)) {
      const row = await api.engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
      const returnRow = await api.engine.get({ in: 'leads', key: returnKey(deliveryId) })
      const deliveredAt = typeof row?.deliveredAt === 'string' ? row.deliveredAt : undefined
      const isReturned = returnRow?.state === 'accepted'
      if (lead.deliveredAt === undefined && deliveredAt !== undefined) book(lead.school, 'charge', -lead.priceCents)
      if (lead.deliveredAt !== undefined && deliveredAt === undefined) book(lead.school, 'reversal', lead.priceCents)
      if (!lead.returned && isReturned) book(lead.school, 'credit', lead.priceCents)
      rawLeads.set(deliveryId, { ...lead, deliveredAt, returned: isReturned })
    }
  }

  async function closeMonths() {
    await api.closeStatements()
    for (const school of schools)
      for (const { month, hash } of await listHeads(school)) {
        if (hash === undefined) continue
        const text = JSON.stringify(await readMonth(school, month))
        const before = closed.get(`${school} ${month}`)
        if (before !== undefined && before !== text) faults.push(`${month} of ${school} changed after it was closed`)
        if (before === undefined) closedMonths[school] += 1
        closed.set(`${school} ${month}`, text)
      }
  }

  async function listHeads(school: School) {
    const { body } = await api.staff('GET', `/v1/ops/accounts/schools/${school}`)
    return readAccount.responses[200].body.parse(body).statements
  }

  async function readMonth(school: School, month: string) {
    const { body } = await api.staff('GET', `/v1/ops/accounts/schools/${school}/statements/${month}`)
    return readStatement.responses[200].body.parse(body)
  }

  /** Adds up what was seen, month by month, and compares it with each statement. */
  async function compareStatements() {
    for (const school of schools) {
      const heads = (await listHeads(school)).toReversed()
      const own = happenings.filter((one) => one.school === school)
      let balance = 0
      for (const [index, { month }] of heads.entries()) {
        const statement = await readMonth(school, month)
        const ofMonth = own.filter(({ at, closedMonths }) => {
          const byTime = heads.findIndex(({ to }) => at < to)
          return Math.max(byTime, closedMonths) === index
        })
        const expected = sumByKind(ofMonth.map(({ kind, cents }) => [kind, cents]))
        const stated = sumByKind(statement.entries.map(({ kind, amountCents }) => [kind, amountCents]))
        if (JSON.stringify(expected) !== JSON.stringify(stated))
          faults.push(`${month} of ${school}: expected ${JSON.stringify(expected)}, stated ${JSON.stringify(stated)}`)
        if (statement.openingCents !== balance)
          faults.push(`${month} of ${school} opens with ${statement.openingCents}`)
        balance += ofMonth.reduce((sum, { cents }) => sum + cents, 0)
        if (statement.closingCents !== balance)
          faults.push(`${month} of ${school} closes with ${statement.closingCents}`)
      }
      // Money in is what the school has left and what it got leads for: from the rows alone.
      const ownLeads = [...rawLeads.values()].filter((lead) => lead.school === school)
      const soldCents = ownLeads.reduce(
        (sum, { deliveredAt, returned, priceCents }) => sum + (deliveredAt !== undefined && !returned ? priceCents : 0),
        0,
      )
      const enteredCents = own.reduce((sum, { by, cents }) => sum + (by === 'staff' ? cents : 0), 0)
      if (enteredCents - soldCents !== balance)
        faults.push(`${school} has ${balance}: ${enteredCents} came in and ${soldCents} was sold`)
      const { body } = await api.staff('GET', `/v1/ops/accounts/schools/${school}/statement-verification`)
      const verification = z.object({ faults: z.array(z.object({ fault: z.string() })) }).parse(body)
      for (const { fault } of verification.faults) faults.push(`${school}: ${fault}`)
    }
  }
}

function sumByKind(all: readonly (readonly [kind: string, cents: number])[]) {
  const sums: { [kind: string]: [count: number, cents: number] } = {}
  for (const [kind, cents] of all) {
    const [count, sum] = sums[kind] ?? [0, 0]
    sums[kind] = [count + 1, sum + cents]
  }
  return Object.fromEntries(Object.entries(sums).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
