import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reconcileDay } from '#functions/worker/reconcile/reconcile-day.ts'
import { rollUpDay } from '#functions/worker/roll-up/roll-up-day.ts'
import { findBuyerAttention } from '#local/alerts/find-buyer-attention.ts'
import { startHost } from '#local/host.ts'
import { listLeads } from '#shared/contract/capture/leads.ts'
import { createClient } from '#shared/contract/client.ts'
import { toFigures } from '#shared/domain/reporting/figures.ts'
import { listDays } from '#shared/domain/time.ts'
import { verifyAuditDay } from '#shared/workflows/access/verify-audit-day.ts'
import { sumReport } from '#shared/workflows/reporting/sum-report.ts'
import { openWeek } from './open-week.ts'

/** A Wednesday, in the middle of the day of every school. */
const now = new Date('2026-11-25T19:30:00.000Z')
const days = listDays({ from: '2026-11-18', to: '2026-11-25' })
const times = { until: now.toISOString(), deadline: '2026-11-25T20:00:00.000Z' }

let week: Awaited<ReturnType<typeof openWeek>>
let leads: Awaited<ReturnType<typeof readLeads>>
beforeAll(async () => {
  week = await openWeek(now)
  leads = await readLeads(week)
})
afterAll(() => week.close())

describe('sample week', () => {
  it('has a few hundred leads over eight days (UTC), some of the last minutes', () => {
    expect(week.leadCount).toBe(leads.length)
    expect(leads.length).toBeGreaterThanOrEqual(200)
    const instants = leads.map(({ lead }) => lead.receivedAt)
    expect([...new Set(instants.map((at) => at.slice(0, 10)))].toSorted()).toEqual(days)
    expect(instants.filter((at) => at > '2026-11-25T19:00' && at <= now.toISOString()).length).toBeGreaterThan(4)
    expect(instants.filter((at) => at > now.toISOString())).toEqual([])
  })

  it('has deliveries of every kind: delivered, retried after a 5xx, refused by a response rule, bounced, and on hold', () => {
    const deliveries = leads.flatMap((one) => one.deliveries)
    const attempts = deliveries.flatMap(({ attemptLog }) => attemptLog)
    const states = new Set(deliveries.map(({ state }) => state))
    for (const state of ['delivered', 'rejected', 'parked'] as const) expect(states).toContain(state)
    const recovered = deliveries.filter(
      ({ state, attemptLog }) => state === 'delivered' && attemptLog.some(({ status = 0 }) => status >= 500),
    )
    expect(recovered.length).toBeGreaterThan(3)
    expect(attempts.filter(({ outcome, reason }) => outcome === 'rejected' && reason)).not.toEqual([])
    expect(attempts.filter(({ bouncedAt }) => bouncedAt)).toHaveLength(1)
  })

  it('has verdicts with a cap that was reached, a duplicate, and leads that no school takes', () => {
    const reasons = new Set(
      leads.flatMap(({ decisions }) => decisions.flatMap(({ verdicts }) => verdicts.map(toReason))),
    )
    for (const reason of ['CAP_DAY', 'DUPLICATE_SCHOOL', 'EDUCATION_LEVEL', 'SCHOOL_REJECTED', 'OUTRANKED'])
      expect(reasons).toContain(reason)
    expect(new Set(leads.map(({ lead }) => lead.outcome))).toEqual(new Set(['accepted', 'unmatched', 'duplicate']))
  })

  it('has an audit in which every entry is in the chain of its day', async () => {
    for (const day of days) {
      const { faults, waiting } = await verifyAuditDay(day, week.deps)
      expect([day, faults, waiting]).toEqual([day, [], 0])
    }
  })

  it('has statuses from the first call to enrollment, and leads without one', () => {
    const words = new Set(leads.flatMap(({ deliveries }) => deliveries.map((one) => one.disposition?.disposition)))
    const steps = ['attempted-contact', 'contacted', 'not-interested', 'bad-contact', 'interviewed', 'applied'] as const
    for (const word of [...steps, 'enrolled', 'opted-out', undefined] as const) expect(words).toContain(word)
  })

  it('has returns that wait, were accepted and were refused, one withdrawal, and leads in review', async () => {
    for (const state of ['requested', 'accepted', 'refused'])
      expect(await callList(`/v1/ops/returns?state=${state}`, 'returns')).not.toEqual([])
    expect(await callList('/v1/ops/withdrawals', 'withdrawals')).toHaveLength(1)
    expect(await callList('/v1/ops/quarantine', 'leads')).toHaveLength(2)
    expect(new Set(leads.map(({ lead }) => lead.quarantine))).toEqual(
      new Set(['held', 'rejected', 'released', undefined]),
    )
  })

  it('has an open circuit and a mailbox that bounced, which need attention', async () => {
    const findings = (await findBuyerAttention(week.deps)).map(({ code, subject }) => `${code} ${subject}`)
    expect(findings).toContain('endpoint-failing saltmarsh-bay-university')
    expect(findings).toContain('mailbox-closed buckthorn-valley-registry')
  })

  it('names only people who were invented: mail at example.com, and phones from 555-0100 to 555-0199', () => {
    const contacts = leads.map(({ lead }) => lead.contact)
    expect(contacts.filter(({ email }) => !email.endsWith('@example.com'))).toEqual([])
    expect(contacts.filter(({ phone }) => !/^\+1\d{3}55501\d\d$/.test(phone))).toEqual([])
  })

  it.each(days)('has no difference between leads, schools and counts on %s', async (day) => {
    const ownLeads = leads.filter(({ lead }) => lead.receivedAt.startsWith(day))
    expect((await reconcileDay(day, times, week.deps)).drift).toBe(0)
    await rollUpDay(day, times, week.deps)
    const deliveryCount = ownLeads.flatMap(({ deliveries }) => deliveries).length
    const query = { from: day, to: day }
    const { rows } = await sumReport({ query, table: 'whole', toRow: () => day }, week.deps)
    const { leads: leadCounts, deliveries } = toFigures(rows.get(day) ?? {})
    expect([leadCounts.received, deliveries.created]).toEqual([ownLeads.length, deliveryCount])
    expect(await week.deps.rollUps.listFreshness(day, day)).toHaveProperty('size', 1)
  })

  it('is the same at each start', async () => {
    const again = await openWeek(now)
    const repeated = await readLeads(again)
    await again.close()
    expect(repeated.map(summarize)).toEqual(leads.map(summarize))
  })
})

it('is left out unless it is asked for', async () => {
  const host = await startHost({ port: 0 })
  const staff = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
  const { status, body } = await staff(listLeads, {})
  await host.close()
  expect([host.week, status === 200 && body.leads]).toEqual([undefined, []])
})

async function callList(path: string, name: string): Promise<unknown> {
  const body = await week.callAsStaff('GET', path)
  return body !== null && typeof body === 'object' ? Reflect.get(body, name) : undefined
}

async function readLeads({ deps }: Pick<typeof week, 'deps'>) {
  const pages = await Promise.all(days.map((day) => deps.leads.listByDay(day, { limit: 200 })))
  const rows = pages.flatMap((page) => page.leads)
  return Promise.all(
    rows.map(async ({ leadId }) => {
      const timeline = await deps.leads.find(leadId)
      if (!timeline) throw new Error(`Lead ${leadId} has no rows.`)
      const ids = timeline.decisions.flatMap(({ deliveries }) => deliveries.map(({ deliveryId }) => deliveryId))
      const deliveries = await Promise.all(ids.map((id) => deps.deliveries.findWithAttempts(id)))
      return {
        lead: timeline.lead,
        decisions: timeline.decisions.map(({ decision }) => decision),
        deliveries: deliveries.filter((one) => one !== undefined),
      }
    }),
  )
}

type WeekLead = (typeof leads)[number]

function summarize({ lead, deliveries }: WeekLead) {
  return [lead.leadId, lead.receivedAt, lead.outcome, deliveries.map(({ deliveryId, state }) => [deliveryId, state])]
}

function toReason(verdict: WeekLead['decisions'][number]['verdicts'][number]): string {
  return verdict.reason ?? 'SELECTED'
}
