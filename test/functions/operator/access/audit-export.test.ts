import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { aSchool, createTestSystem } from '#test/functions/create-test-system.ts'

const csvRows = z.array(z.record(z.string(), z.string()))

it('exports the entries that the filters of the list find as CSV, with before and after as JSON', async () => {
  const { api } = await createTestSystem()
  api.advanceClock(60)
  const headers = { 'if-match': '*' }
  await api.staff('PUT', '/v1/ops/schools/tall-grass', { headers, body: aSchool({ name: '=Taller, Grass' }) })
  const { status, text } = await api.staff('GET', '/v1/ops/audit/csv?record=schools/tall-grass')
  expect(status).toBe(200)
  const rows = csvRows.parse(parse(text, { columns: true }))
  expect(rows).toMatchObject([
    { action: 'record.changed', record_kind: 'schools', record_id: 'tall-grass', actor_kind: 'staff' },
    { action: 'record.created', before: '' },
  ])
  expect(JSON.parse(rows[0]?.before ?? '')).toMatchObject({ name: 'Tall Grass College' })
  expect(JSON.parse(rows[0]?.after ?? '')).toMatchObject({ name: '=Taller, Grass' })
})

it('writes the header row on the first page only, and no entry twice', async () => {
  const { api } = await createTestSystem()
  for (let number = 0; number < 510; number++)
    await api.staff('PUT', `/v1/ops/schools/school-${number}`, { body: aSchool() })
  const first = await api.staff('GET', '/v1/ops/audit/csv')
  const cursor = first.headers['x-next-cursor']
  const second = await api.staff('GET', `/v1/ops/audit/csv?cursor=${encodeURIComponent(String(cursor))}`)
  const rows = csvRows.parse(parse(`${first.text}${second.text}`, { columns: true }))
  const ids = rows.map(({ entry_id }) => entry_id)
  expect(ids.length).toBeGreaterThan(510)
  expect(new Set(ids).size).toBe(ids.length)
})
