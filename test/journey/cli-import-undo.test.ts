import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as z from 'zod'
import { type Host, startHost } from '#local/host.ts'
import { createTempFolder } from '#test/cli/import/create-workbook.ts'
import { runOps } from './run-ops.ts'

const folder = createTempFolder()
let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await host.close()
})

const run = (...args: string[]) => runOps(host, args, {}, '', folder)
const header = 'id,name,timeZone'
const ids = ['untouched', 'edited', 'replaced', 'gone', 'needed', 'renamed', 'restored', 'removed'] as const

async function importSchools(rows: { [id: string]: string }): Promise<string> {
  const file = join(folder, 'schools.csv')
  const lines = Object.entries(rows).map(([id, name]) => `${id},${name},America/Chicago`)
  writeFileSync(file, [header, ...lines].join('\n'))
  const { out, err } = await run('import', 'schools', file, '--yes', '--json')
  if (!out) throw new Error(err)
  return JSON.parse(out).journal
}

const rowResult = z.object({ id: z.string(), outcome: z.string() })
const answer = z.object({ name: z.string().optional(), rows: z.array(rowResult).default([]) })

/** A change of an existing record, unless `ifMatch` says that there is none. */
async function staff(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, ifMatch?: 'new') {
  const headers = {
    authorization: `Bearer ${host.keys.operator}`,
    'content-type': 'application/json',
    ...((method === 'PUT' || method === 'DELETE') && ifMatch !== 'new' && { 'if-match': '*' }),
  }
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
  const response = await fetch(`${host.urls.api}/v1/ops/${path}`, init)
  return { status: response.status, body: answer.parse(response.status === 204 ? {} : await response.json()) }
}

const write = (id: string, name: string) => staff('PUT', `schools/${id}`, { name, timeZone: 'America/Chicago' })

async function readNames() {
  const records = await Promise.all(
    ids.map(async (id) => [id, (await staff('GET', `schools/${id}`)).body.name] as const),
  )
  return Object.fromEntries(records)
}

/** A record of each kind: not touched since the import, edited, deleted, deleted and written again, and needed by a program. */
async function importAndEdit() {
  await importSchools({ renamed: 'Before', restored: 'Before', removed: 'Before' })
  const created = { untouched: 'New', edited: 'New', replaced: 'New', gone: 'New', needed: 'New' }
  const journal = await importSchools({ ...created, renamed: 'After', restored: 'After', removed: 'After' })
  await write('edited', 'Edited by staff')
  await write('renamed', 'Edited by staff')
  for (const id of ['gone', 'replaced', 'removed']) await staff('DELETE', `schools/${id}`)
  await staff('PUT', 'schools/replaced', { name: 'New', timeZone: 'America/Chicago' }, 'new')
  const program = { schoolId: 'needed', name: 'A program of staff', careerSlugs: ['health-record-technician'] }
  await staff('PUT', 'programs/needed-program', { ...program, level: 'associate', modality: 'online' }, 'new')
  return journal
}

it('undoes what no one touched, and names each record that it leaves as it is, with who changed it and when', async () => {
  const journal = await importAndEdit()
  const edited = await readNames()
  expect(edited).toMatchObject({
    edited: 'Edited by staff',
    renamed: 'Edited by staff',
    replaced: 'New',
    needed: 'New',
  })

  const whoAndWhen = /The record was last changed at \d{4}-\S+Z by staff npm start\./
  const leftAsTheyAre = [
    /^edited: left as it is, because it was changed or deleted after the import\. Its version is 2 now\. /m,
    /^renamed: left as it is, because it was changed or deleted after the import\. Its version is 3 now\. /m,
    // The same fields, but another record: someone wrote it again after it was deleted.
    /^replaced: left as it is, because it was changed or deleted after the import\. Its version is 2 now\. /m,
    /^removed: left as it is, because it was changed or deleted after the import\. There is no such record\.$/m,
    /^needed: left as it is\. Remove it from the programs first, such as needed-program\.$/m,
    /^Deleted: 1\. Restored: 1\. Already as before: 1\. Not undone: 5\.$/m,
  ]
  const dryRun = await run('import', 'undo', journal, '--dry-run')
  expect(await readNames()).toEqual(edited)
  const undone = await run('import', 'undo', journal, '--yes')
  for (const { out, code } of [dryRun, undone]) {
    for (const line of [whoAndWhen, ...leftAsTheyAre]) expect(out).toMatch(line)
    expect(code).not.toBe(0)
  }
  expect(await readNames()).toEqual({ ...edited, untouched: undefined, restored: 'Before' })

  const again = await run('import', 'undo', journal, '--yes')
  expect(again.out).toMatch(/^Deleted: 0\. Restored: 0\. Already as before: 3\. Not undone: 5\.$/m)
})

it('loses no edit that is made while it runs', async () => {
  const raced = Array.from({ length: 60 }, (_, number) => `raced-${number}`)
  await importSchools(Object.fromEntries(raced.map((id) => [id, 'New'])))
  // What the command sends, without the second that it takes to start.
  const undo = (rows: readonly string[]) =>
    staff('POST', 'imports', { kind: 'schools', rows: rows.map((id) => ({ id, version: 1, delete: true })) })
  const [undone, ...edits] = await Promise.all([
    undo(raced),
    ...raced.map(async (id) => ({ id, status: (await write(id, 'Edited by staff')).status })),
  ])
  const edited = edits.filter(({ status }) => status === 200).map(({ id }) => id)
  for (const { id, outcome } of undone.body.rows) {
    const isEdited = edited.includes(id)
    expect([id, outcome, (await staff('GET', `schools/${id}`)).body.name]).toEqual(
      isEdited ? [id, 'refused', 'Edited by staff'] : [id, 'deleted', undefined],
    )
  }
})
