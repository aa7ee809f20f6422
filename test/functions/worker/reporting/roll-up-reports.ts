import { readDailyReport, readSchoolsReport, readSourcesReport } from '#shared/contract/reporting/reports.ts'
import { leadsPartition } from '#shared/store/index-keys.ts'
import { decisionKey, deliveryKey, leadKey } from '#shared/store/keys.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'

export const today = '2026-11-23'

export async function rollUpAndReport(system: TestSystem, query = '') {
  await system.api.rollUp()
  return readDaily(system, query)
}

export async function readDaily({ api }: TestSystem, query = '') {
  return readDailyReport.responses[200].body.parse((await api.staff('GET', `/v1/ops/reports/daily${query}`)).body)
}

export async function readSchools({ api }: TestSystem, query = '') {
  return readSchoolsReport.responses[200].body.parse((await api.staff('GET', `/v1/ops/reports/schools${query}`)).body)
}

export async function readSources({ api }: TestSystem, query = '') {
  return readSourcesReport.responses[200].body.parse((await api.staff('GET', `/v1/ops/reports/sources${query}`)).body)
}

/** Records a disposition as the school. */
export async function recordDispositions(
  { api }: TestSystem,
  schoolId: string,
  deliveryId: string,
  ...dispositions: string[]
) {
  const authorization = `Bearer ${await api.schoolKey(schoolId)}`
  for (const disposition of dispositions) {
    const path = `/v1/school/deliveries/${deliveryId}/dispositions`
    const headers = { authorization, 'idempotency-key': `${deliveryId}-${disposition}` }
    const { status, text } = await api.call('POST', path, { headers, body: { disposition } })
    if (status !== 201) throw new Error(`Nothing was noted: ${text}`)
  }
}

/** Leads across the day, each with deliveries to two schools: only the attributes that a roll-up reads. */
export async function createLeads({ api }: Pick<TestSystem, 'api'>, count: number, leadsPerInstant = 1) {
  for (let lead = 0; lead < count; lead++) {
    const at = new Date(
      Date.parse(`${today}T01:00:00.000Z`) + Math.floor(lead / leadsPerInstant) * 10_000,
    ).toISOString()
    const leadId = `lead_${String(lead).padStart(22, '0')}`
    const deliveries = ['alder', 'birch'].map((schoolId) => ({ schoolId, deliveryId: `dlv_${schoolId}_${lead}` }))
    const timelineEntry = { timelinePk: leadsPartition(today), timelineSk: `${at}#${leadId}` }
    const leadFields = { leadId, receivedAt: at, outcome: 'accepted', sourceId: `source-${lead % 3}`, test: false }
    await api.engine.transact([
      { in: 'leads', put: { ...leadKey(leadId), ...leadFields, ...timelineEntry } },
      { in: 'leads', put: { ...decisionKey(leadId, at), decidedAt: at, verdicts: [], deliveries } },
      ...deliveries.map(({ schoolId, deliveryId }) => {
        const outcome = { state: 'delivered', createdAt: at, deliveredAt: at, priceCents: 4500, test: false }
        const row = { deliveryId, schoolId, campaignId: schoolId, programId: `${schoolId}-program`, ...outcome }
        return { in: 'leads', put: { ...deliveryKey(deliveryId), ...row } } as const
      }),
    ])
  }
}
