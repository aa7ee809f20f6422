import { beforeEach, describe, expect, it } from 'vitest'
import { readGroupReport } from '#shared/contract/reporting/reports.ts'
import { reportKey } from '#shared/store/report-keys.ts'
import { career, parseKey, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'
import { addSchool, createTestMarket, deliverDue, visit } from '#test/functions/routing/create-test-market.ts'
import { readSchools, readSources, rollUpAndReport } from '#test/functions/worker/reporting/roll-up-reports.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestMarket({ alder: {}, birch: { campaign: { priceCents: 9000 } } })
  await visit(system, 1)
  await deliverDue(system)
  await rollUpAndReport(system)
})

const ask = (path: string) => system.api.staff('GET', `/v1/ops/reports/${path}`)

describe('the span of a report', () => {
  it('defaults to the seven days that end today or at `to`', async () => {
    expect((await ask('daily')).body).toMatchObject({ from: '2026-11-17', to: '2026-11-23' })
    expect((await ask('sources?to=2026-11-10')).body).toMatchObject({ from: '2026-11-04', to: '2026-11-10' })
  })

  it.each([
    ['from=2026-11-24', '?from', 'must not be later than `to`, which is 2026-11-23'],
    ['from=2026-11-02&to=2026-11-01', '?from', 'must not be later than `to`, which is 2026-11-01'],
    ['from=1926-11-23', '?from', 'must not be earlier than 1926-11-24: a report has at most 36525 days'],
    ['to=tomorrow', '?to', 'must be a date, such as 2026-11-23'],
  ])('is refused with a field error for %s', async (query, pointer, detail) => {
    for (const report of ['daily', 'schools', 'sources', 'daily/csv'])
      expect((await ask(`${report}?${query}`)).body).toMatchObject({
        code: 'INVALID_REQUEST',
        errors: [{ pointer, detail }],
      })
  })

  it('may be years, and days from before the first lead are not missing', async () => {
    for (let run = 0; run < 9; run++) await system.api.rollUp()
    const { body } = await ask('daily?from=2016-01-01')
    expect(body).toMatchObject({ missing: [], total: { leads: { received: 1 } } })
  })
})

describe('a report', () => {
  it('sorts by revenue and can be limited to one school or source', async () => {
    expect((await readSchools(system)).schools.map(({ schoolId }) => schoolId)).toEqual(['birch', 'alder'])
    const { schools, total } = await readSchools(system, '?schoolId=alder')
    expect(schools).toMatchObject([{ schoolId: 'alder', name: 'Alder College', money: { soldCents: 4500 } }])
    expect(total).toMatchObject({ money: { soldCents: 4500 } })
    expect((await readSources(system, '?sourceId=landing')).sources).toHaveLength(1)
  })

  it.each([
    ['campaigns', ['birch', 'alder'], 'campaignId'],
    ['programs', ['birch-program', 'alder-program'], 'programId'],
    ['careers', [career], 'careerSlug'],
    ['states', ['TX'], 'state'],
    ['dispositions', ['none'], 'disposition'],
    ['hours', ['15'], 'hour'],
    ['hours&timeZone=America/Chicago', ['09'], 'hour'],
    ['hours&sourceId=landing', ['15'], 'hour'],
  ])('is also by %s, and its rows add up to the money of the days', async (by, ids, column) => {
    const groups = await ask(`groups?by=${by}`)
    const { rows, total } = readGroupReport.responses[200].body.parse(groups.body)
    expect(rows.map(({ id }) => id)).toEqual(ids)
    expect(rows.reduce((sum, { money }) => sum + money.soldCents, 0)).toBe(13_500)
    expect(total).toMatchObject({ money: { soldCents: 13_500 } })
    const [report, options = ''] = by.split('&')
    const { text } = await ask(`${report}/csv?${options}`)
    expect(text).toContain(`${column},`)
    for (const id of ids) expect(text).toMatch(new RegExp(`^\uFEFF?${id},`, 'm'))
  })

  it('counts a day once more that an earlier version counted, and says until then that it is missing', async () => {
    const key = reportKey('daily', '2026-11-23')
    const finished = { finishedAt: '2026-11-23T15:00:00.000Z', json: '{}' }
    const set = { until: '2026-11-23T15:00:00.000Z', finished }
    await system.api.engine.transact([{ in: 'leads', change: key, set, remove: ['layout'] }])
    expect((await ask('groups?by=states')).body).toMatchObject({ rows: [], missing: ['2026-11-23'] })
    await system.api.rollUp()
    expect((await ask('groups?by=states')).body).toMatchObject({ rows: [{ id: 'TX' }], missing: [] })
  })

  it('is also of one school or source, by reason and by label, and says what it does not count', async () => {
    const labels = { subIds: { sub1: 'banner' }, utm: { source: 'newsletter', campaign: 'autumn' } }
    await visit(system, 2, labels, { education: { highestLevel: 'none' } })
    await system.api.rollUp()
    const read = async (query: string) => readGroupReport.responses[200].body.parse((await ask(`groups?${query}`)).body)
    expect((await read('by=campaigns&schoolId=alder')).rows).toMatchObject([
      { id: 'alder', money: { soldCents: 4500 } },
    ])
    expect((await read('by=states&schoolId=alder')).rows[0]).not.toHaveProperty('leads')
    expect((await read('by=sub-ids&sourceId=landing')).rows).toMatchObject([
      { id: 'sub1=banner', leads: { received: 1 } },
    ])
    expect((await read('by=utm-sources')).rows).toMatchObject([{ id: 'newsletter', leads: { received: 1 } }])
    expect((await read('by=utm-campaigns')).rows).toMatchObject([{ id: 'autumn', leads: { received: 1 } }])
    const reasons = await read('by=reasons')
    expect(reasons).not.toHaveProperty('total')
    expect((await ask('groups?by=sub-ids&schoolId=alder')).body).toMatchObject({ errors: [{ pointer: '?schoolId' }] })
    expect((await ask('groups?by=campaigns&sourceId=landing')).body).toMatchObject({
      errors: [{ pointer: '?sourceId' }],
    })
    expect((await ask('groups?by=states&sourceId=unknown')).body).toMatchObject({ errors: [{ pointer: '?sourceId' }] })
    expect((await ask('daily?timeZone=Texas')).body).toMatchObject({ errors: [{ pointer: '?timeZone' }] })
  })

  it('forgets the labels of an erased lead once its day is counted again', async () => {
    const { receipt } = await visit(system, 2, { subIds: { sub1: 'banner' } })
    await system.api.rollUp()
    expect((await ask('groups?by=sub-ids')).body).toMatchObject({ rows: [{ id: 'sub1=banner' }] })
    await system.api.staff('POST', '/v1/ops/erasures', { body: { leadId: receipt.leadId } })
    await system.api.rollUp()
    expect((await ask('groups?by=sub-ids')).body).toMatchObject({ rows: [] })
  })

  it('counts a lead on the day of the zone on which it came', async () => {
    const ofZone = async (timeZone: string) =>
      (await ask(`daily?from=2026-11-22&to=2026-11-24&timeZone=${timeZone}`)).body
    expect(await ofZone('Pacific/Kiritimati')).toMatchObject({
      timeZone: 'Pacific/Kiritimati',
      total: { leads: { received: 1 }, money: { soldCents: 13_500 } },
    })
  })

  it('refuses an unknown school or source', async () => {
    expect((await ask('schools?schoolId=unknown')).body).toMatchObject({ errors: [{ pointer: '?schoolId' }] })
    expect((await ask('sources?sourceId=unknown')).body).toMatchObject({ errors: [{ pointer: '?sourceId' }] })
  })

  it('has a row of its own for a source that has the ID of a deleted one', async () => {
    await system.api.staff('DELETE', '/v1/ops/sources/landing', { headers: { 'if-match': '*' } })
    const created = await putRecord(system.api, 'sources', 'landing', { name: 'Landing again', mode: 'live' })
    system = { ...system, sourceKey: parseKey(created.body) }
    for (const number of [2, 3]) await visit(system, number)
    await deliverDue(system)
    await system.api.rollUp()
    const { sources } = await readSources(system, '?sourceId=landing')
    const byGeneration = sources.toSorted((one, other) => (one.generation ?? 1) - (other.generation ?? 1))
    expect(byGeneration).toMatchObject([
      { sourceId: 'landing', leads: { received: 1 } },
      { sourceId: 'landing', generation: 2, name: 'Landing again', leads: { received: 2 } },
    ])
    expect(byGeneration[0]).not.toHaveProperty('name')
    expect((await ask('sources/csv')).text.match(/^landing,.*/gm)).toHaveLength(2)
  })

  it('has a row of its own for a school that has the ID of a deleted one', async () => {
    for (const path of ['campaigns/birch', 'programs/birch-program', 'schools/birch'])
      await system.api.staff('DELETE', `/v1/ops/${path}`, { headers: { 'if-match': '*' } })
    await addSchool(system, 'birch', { campaign: { priceCents: 100 } })
    await visit(system, 2)
    await deliverDue(system)
    await system.api.rollUp()
    const { schools } = await readSchools(system, '?schoolId=birch')
    expect(schools).toMatchObject([
      { schoolId: 'birch', money: { soldCents: 9000 } },
      { schoolId: 'birch', generation: 2, name: 'Birch College', money: { soldCents: 100 } },
    ])
    expect(schools[0]).not.toHaveProperty('name')
    expect((await ask('schools/csv')).text.match(/^birch,.*/gm)).toHaveLength(2)
    const campaigns = readGroupReport.responses[200].body.parse((await ask('groups?by=campaigns')).body).rows
    expect(campaigns.filter(({ id }) => id === 'birch')).toMatchObject([
      { money: { soldCents: 9000 } },
      { generation: 2, money: { soldCents: 100 } },
    ])
    expect((await ask('campaigns/csv')).text.match(/^birch,.*/gm)).toHaveLength(2)
  })

  it('keeps a deleted school without a name', async () => {
    await system.api.staff('DELETE', '/v1/ops/campaigns/birch', { headers: { 'if-match': '*' } })
    await system.api.staff('DELETE', '/v1/ops/programs/birch-program', { headers: { 'if-match': '*' } })
    await system.api.staff('DELETE', '/v1/ops/schools/birch', { headers: { 'if-match': '*' } })
    const [first] = (await readSchools(system)).schools
    expect(first).toMatchObject({ schoolId: 'birch', money: { soldCents: 9000 } })
    expect(first).not.toHaveProperty('name')
  })

  it('exports CSV with empty cells for uncounted days and for rates without a denominator', async () => {
    const { text, headers } = await ask('daily/csv?from=2026-11-22&to=2026-11-25')
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    const [names = '', ...lines] = text
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split('\r\n')
    const rows = lines.map((line) => {
      const cells = line.split(',')
      return Object.fromEntries(names.split(',').map((name, at) => [name, cells[at]]))
    })
    expect(rows).toMatchObject([
      { day: '2026-11-22', received: '0', 'rate.acceptance': '' },
      {
        day: '2026-11-23',
        received: '1',
        delivered: '2',
        netCents: '13500',
        'rate.delivery': '1',
        'rate.contact': '0',
      },
      { day: '2026-11-24', received: '', netCents: '' },
      { day: '2026-11-25', received: '' },
    ])
    expect((await ask('schools/csv')).text).toContain('\r\nbirch,Birch College,1,1,')
    expect((await ask('sources/csv')).text).toContain('\r\nlanding,Landing page,1,')
    expect((await ask('weather/csv')).body).toMatchObject({ code: 'NOT_FOUND' })
  })
})
