import { readDailyReport, readSchoolsReport, readSourcesReport } from '#shared/contract/reporting/reports.ts'
import { leadsOfDay } from '#shared/store/index-keys.ts'
import { decisionKey, deliveryKey, leadKey } from '#shared/store/keys.ts'
import type { Town } from '#test/functions/town.ts'

export const today = '2026-11-23'

export async function rolledUp(town: Town, query = '') {
  await town.house.rollUp()
  return dailyReport(town, query)
}

export async function dailyReport({ house }: Town, query = '') {
  return readDailyReport.responses[200].body.parse((await house.staff('GET', `/v1/ops/reports/daily${query}`)).body)
}

export async function schoolsReport({ house }: Town, query = '') {
  return readSchoolsReport.responses[200].body.parse((await house.staff('GET', `/v1/ops/reports/schools${query}`)).body)
}

export async function sourcesReport({ house }: Town, query = '') {
  return readSourcesReport.responses[200].body.parse((await house.staff('GET', `/v1/ops/reports/sources${query}`)).body)
}

/** Tells as a school does what became of a delivery. */
export async function tell({ house }: Town, schoolId: string, deliveryId: string, ...words: string[]) {
  const authorization = `Bearer ${await house.schoolKey(schoolId)}`
  for (const disposition of words) {
    const path = `/v1/school/deliveries/${deliveryId}/dispositions`
    const headers = { authorization, 'idempotency-key': `${deliveryId}-${disposition}` }
    const { status, text } = await house.call('POST', path, { headers, body: { disposition } })
    if (status !== 201) throw new Error(`Nothing was noted: ${text}`)
  }
}

/** Leads in the course of the day, each with deliveries to two schools: as much of their rows as a roll-up needs. */
export async function fill({ house }: Pick<Town, 'house'>, count: number, atOnce = 1) {
  for (let lead = 0; lead < count; lead++) {
    const at = new Date(Date.parse(`${today}T01:00:00.000Z`) + Math.floor(lead / atOnce) * 10_000).toISOString()
    const leadId = `lead_${String(lead).padStart(22, '0')}`
    const deliveries = ['alder', 'birch'].map((schoolId) => ({ schoolId, deliveryId: `dlv_${schoolId}_${lead}` }))
    const line = { timelinePk: leadsOfDay(today), timelineSk: `${at}#${leadId}` }
    const told = { leadId, receivedAt: at, outcome: 'accepted', sourceId: `source-${lead % 3}`, test: false }
    await house.engine.transact([
      { in: 'leads', put: { ...leadKey(leadId), ...told, ...line } },
      { in: 'leads', put: { ...decisionKey(leadId, at), decidedAt: at, deliveries } },
      ...deliveries.map(({ schoolId, deliveryId }) => {
        const row = { deliveryId, schoolId, state: 'delivered', createdAt: at, deliveredAt: at, priceCents: 4500 }
        return { in: 'leads', put: { ...deliveryKey(deliveryId), ...row } } as const
      }),
    ])
  }
}
