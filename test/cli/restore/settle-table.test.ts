import { describe, expect, it } from 'vitest'
import { findRowKind } from '#cli/restore/row-kinds.ts'
import { countWrites, settleTable } from '#cli/restore/settle-table.ts'
import type { Key, Row } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import * as keys from '#shared/store/keys.ts'
import { createMemoryTables } from './memory-tables.ts'

const at = new Date('2026-11-28T14:00:00Z')
const before = '2026-11-28T12:00:00.000Z'
const since = '2026-11-28T15:00:00.000Z'
const row = (key: Key, fields: object = {}): Row => ({ ...key, ...fields })

async function settle(
  { replaced, restored }: { replaced: Row[]; restored: Row[] },
  {
    table = 'leads',
    revert = [],
    mode = 'settle',
  }: { table?: Table; revert?: string[]; mode?: 'compare' | 'settle' } = {},
) {
  const tables = createMemoryTables()
  tables.addTable('old', replaced)
  tables.addTable('new', restored)
  const run = () => settleTable({ table, replaced: 'old', restored: 'new' }, { at, revert, mode }, tables.admin)
  const comparison = await run()
  const rows = tables.readRows('new')
  return { comparison, rows, find: ({ pk, sk }: Key) => rows.find((one) => one.pk === pk && one.sk === sk), run }
}

describe('settling a restored table', () => {
  it('recovers a row that was deleted since, and writes nothing else', async () => {
    const deleted = row(keys.leadKey('l1'), { receivedAt: before })
    const { comparison, rows } = await settle({ replaced: [], restored: [deleted] })
    expect(rows).toEqual([deleted])
    expect(comparison.kinds.lead).toMatchObject({ replaced: 0, restored: 1, recovered: 1, copied: 0 })
  })

  it('keeps leads, deliveries, attempts and counters of the time since', async () => {
    const lead = row(keys.leadKey('l2'), { receivedAt: since })
    const pending = row(keys.deliveryKey('d1'), { state: 'pending', createdAt: before })
    const delivered = { ...pending, state: 'delivered', deliveredAt: since }
    const attempt = row(keys.attemptKey('d1', 1), { endedAt: since })
    const counter = row(keys.counterKey('campaign', 'day'), { taken: 7 })
    const { rows } = await settle({
      replaced: [lead, delivered, attempt, counter],
      restored: [pending, { ...counter, taken: 5 }],
    })
    expect(new Set(rows)).toEqual(new Set([lead, delivered, attempt, counter]))
  })

  it('keeps a person erased: nothing that the erasure removed comes back', async () => {
    const contact = { contact: { email: 'ada@mail.example' }, receivedAt: before }
    const tombstone = row(keys.leadKey('l1'), { erasedAt: since, receivedAt: before })
    const decision = row(keys.decisionKey('l1', before), { inputs: 'x' })
    const { rows } = await settle({
      replaced: [tombstone, row(keys.decisionKey('l1', before)), row(keys.proofKey('h', 'l1'), { leadId: 'l1' })],
      restored: [
        row(keys.leadKey('l1'), contact),
        decision,
        row(keys.personKey('h', 'l1')),
        row(keys.dedupeMarkerKey('school', 'h'), { leadId: 'l1' }),
        row(keys.dedupeMarkerKey('school', 'other'), { leadId: 'l9' }),
      ],
    })
    expect(rows.map(({ pk, sk }) => [pk, sk])).toEqual(
      expect.arrayContaining([
        ['LEAD#l1', 'LEAD'],
        ['LEAD#l1', `DECISION#${before}`],
        ['PROOF#h', 'l1'],
        ['DEDUPE#school', 'other'],
      ]),
    )
    expect(rows).toHaveLength(4)
    expect(JSON.stringify(rows)).not.toMatch(/ada@|inputs/)
  })

  it('joins the markers of a person from both tables, without those of erased leads', async () => {
    const markers = (digest: string, attributes: object) =>
      row(keys.personMarkersKey(digest), { version: 1, ...attributes })
    const { rows, run } = await settle({
      replaced: [
        row(keys.leadKey('l1'), { erasedAt: since }),
        markers('both', { '@tide': '1790000000#l3', version: 2 }),
        markers('same', { '@bay': '1790000000#l2' }),
      ],
      restored: [
        markers('both', { '@bay': '1790000000#l1', '@cove': '1790000000#l2' }),
        markers('same', { '@bay': '1790000000#l2' }),
        markers('erased', { '@bay': '1790000000#l1' }),
        markers('half', { '@bay': '1790000000#l1', '@cove': '1790000000#l2' }),
      ],
    })
    expect(new Set(rows.filter(({ sk }) => sk === 'MARKERS'))).toEqual(
      new Set([
        markers('both', { '@cove': '1790000000#l2', '@tide': '1790000000#l3', version: 2 }),
        markers('same', { '@bay': '1790000000#l2' }),
        markers('half', { '@cove': '1790000000#l2' }),
      ]),
    )
    expect(countWrites(await run())).toBe(0)
  })

  it('removes what belongs to an erased lead even if its tombstone was deleted by the accident', async () => {
    const { rows } = await settle({
      replaced: [row(keys.proofKey('h', 'l1'), { leadId: 'l1' })],
      restored: [
        row(keys.leadKey('l1'), { receivedAt: before, contact: {} }),
        row(keys.consentKey('l1')),
        row(keys.deliveryKey('d1'), { leadId: 'l1', createdAt: before }),
        row(keys.deliveryContentKey('d1')),
      ],
    })
    expect(rows.map(({ pk }) => pk)).toEqual(['PROOF#h'])
  })

  it('keeps withdrawals and suppressions of the time since', async () => {
    const withdrawal = row(keys.withdrawalKey('w1'), { at: since, state: 'running' })
    const suppressed = row(keys.suppressionKey('h'), { entries: [{ suppressionId: 's1' }], version: 1 })
    const lead = row(keys.leadKey('l1'), { receivedAt: before, withdrawnAt: since })
    const { find } = await settle(
      { replaced: [withdrawal, suppressed, lead], restored: [row(keys.leadKey('l1'), { receivedAt: before })] },
      { revert: ['lead'] },
    )
    expect([find(withdrawal), find(suppressed), find(lead)]).toEqual([withdrawal, suppressed, lead])
  })

  it('takes rows that the accident overwrote as of the restored time, if told so', async () => {
    const good = row(keys.leadKey('l1'), { receivedAt: before, outcome: 'accepted' })
    const overwritten = { ...good, outcome: 'unmatched' }
    const { rows, comparison } = await settle({ replaced: [overwritten], restored: [good] }, { revert: ['lead'] })
    expect(rows).toEqual([good])
    expect(comparison.kinds.lead?.reverted).toBe(1)
    expect((await settle({ replaced: [overwritten], restored: [good] })).rows).toEqual([overwritten])
  })

  it('takes records as of the restored time, but never makes a revoked key work again', async () => {
    const school = row(keys.recordKey('schools', 'bay-shore'), { name: 'Bay Shore' })
    const { rows } = await settle(
      {
        replaced: [{ ...school, name: 'Damaged' }, row(keys.accessKeyRecordKey('k1'), { revokedAt: since })],
        restored: [school, row(keys.accessKeyKey('hash')), row(keys.accessKeyRecordKey('k1'))],
      },
      { table: 'catalog' },
    )
    expect(rows).toEqual([school, row(keys.accessKeyRecordKey('k1'), { revokedAt: since })])
  })

  it('leaves what passes by itself, such as rate limits', async () => {
    const { rows, comparison } = await settle({
      replaced: [row(keys.bucketKey('key', 'k1'), { taken: 3 })],
      restored: [],
    })
    expect([rows, comparison.kinds]).toEqual([[], {}])
  })

  it('has nothing left to write when it runs again', async () => {
    const { run } = await settle({
      replaced: [row(keys.leadKey('l1'), { erasedAt: since }), row(keys.leadKey('l2'), { receivedAt: since })],
      restored: [row(keys.leadKey('l1')), row(keys.personKey('h', 'l1')), row(keys.leadKey('l3'))],
    })
    expect(countWrites(await run())).toBe(0)
  })

  it('writes nothing when it only compares', async () => {
    const { rows, comparison } = await settle(
      { replaced: [row(keys.leadKey('l2'), { receivedAt: since })], restored: [] },
      { mode: 'compare' },
    )
    expect([rows, countWrites(comparison)]).toEqual([[], 1])
  })

  it('notices a row that is older than the restored time and that the restored table lacks', async () => {
    const rows = [
      row(keys.leadKey('l1'), { receivedAt: before }),
      row(keys.decisionKey('l1', before)),
      row(keys.auditEntryKey(before, 'e1')),
      row(keys.consentKey('l1'), { timelineSk: `${before}#l1` }),
    ]
    const { comparison } = await settle({
      replaced: [...rows, row(keys.leadKey('l2'), { receivedAt: since })],
      restored: [],
    })
    expect(comparison.missing).toEqual({ count: 4, examples: rows.map(({ pk, sk }) => `${pk} / ${sk}`) })
    expect((await settle({ replaced: rows, restored: rows })).comparison.missing.count).toBe(0)
  })

  it('takes no delivery that is in one row for one that lacks its content', async () => {
    const delivery = row(keys.deliveryKey('d1'), { leadId: 'l1', body: '{}' })
    const erased = row(keys.deliveryKey('d1'), { leadId: 'l1', state: 'erased' })
    const { comparison } = await settle({
      replaced: [erased, row(keys.deliveryContentKey('d1'))],
      restored: [delivery],
    })
    expect(comparison.missing.count).toBe(0)
  })

  it.each<[string, Table, Row, Row[]]>([
    ['record', 'catalog', row(keys.recordKey('schools', 's1'), { updatedAt: before }), []],
    ['tombstone', 'catalog', row(keys.removedRecordKey('schools', 's1'), { removedAt: before }), []],
    ['key', 'catalog', row(keys.accessKeyRecordKey('k1'), { key: { createdAt: before } }), []],
    ['portal link', 'catalog', row(keys.portalLinkKey('p1'), { link: { createdAt: before } }), []],
    ['portal list', 'catalog', row(keys.portalListKey('LINKS', 's1', `${before}#p1`)), []],
    [
      'webhook secret',
      'catalog',
      row(keys.webhookSecretKey('c1'), { secrets: [{ createdAt: since }, { createdAt: before }] }),
      [],
    ],
    ['disposition', 'leads', row(keys.dispositionKey('d1', 'n'), { recordedAt: before }), []],
    ['untaken work', 'leads', row(keys.untakenWorkKey('d1'), { at: before }), []],
    ['ledger entry', 'leads', row(keys.ledgerEntryKey('schools#s1', 'e1'), { at: before }), []],
    ['mark of a recount', 'leads', row(keys.recountMarkKey('1', 'm'), { at: before }), []],
    [
      'content, beside its delivery',
      'leads',
      row(keys.deliveryContentKey('d1')),
      [row(keys.deliveryKey('d1'), { leadId: 'l1' })],
    ],
    [
      'person, beside the lead',
      'leads',
      row(keys.personKey('h', 'l1')),
      [row(keys.leadKey('l1'), { receivedAt: before })],
    ],
    [
      'history of a suppression, beside its record',
      'leads',
      row(keys.suppressionHistoryKey('h', 's1')),
      [row(keys.suppressionRecordKey('s1'), { at: before })],
    ],
  ])('notices a missing %s, and no newer one', async (_, table, missing, others) => {
    const lacking = await settle({ replaced: [...others, missing], restored: others }, { table })
    expect(lacking.comparison.missing).toEqual({ count: 1, examples: [`${missing.pk} / ${missing.sk}`] })
    const newer: Row = JSON.parse(JSON.stringify(missing).replaceAll(before, since))
    const complete = await settle({ replaced: [...others, missing], restored: [...others, missing] }, { table })
    const later = await settle({ replaced: [newer], restored: [] }, { table })
    expect([complete.comparison.missing.count, later.comparison.missing.count]).toEqual([0, 0])
  })
})

it('knows the kind of every key', () => {
  const sample = (name: string): Key => {
    const build: unknown = Reflect.get(keys, name)
    if (typeof build !== 'function') throw new Error(`${name} is no function.`)
    const list = ['linkKey'].includes(name)
      ? [
          ['schools', 'a'],
          ['programs', 'b'],
        ]
      : ['careers', 'CAREER', 'b']
    if (name === 'decisionPartKey') return build('l1', 'inputs', before, 1)
    return name === 'attemptKey' || name === 'permitKey' || name === 'auditSealKey' ? build('a', 1) : build(...list)
  }
  const names = Object.keys(keys).filter((name) => name.endsWith('Key'))
  expect(names.length).toBeGreaterThan(50)
  const unknown = names.filter((name) =>
    (['catalog', 'leads'] as const).every((table) => findRowKind(table, sample(name)).name === 'other'),
  )
  expect(unknown).toEqual([])
  expect(findRowKind('leads', { pk: 'NEW#1', sk: 'x' })).toMatchObject({ name: 'other', rule: 'newest' })
})
