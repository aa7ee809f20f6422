import { career } from '#shared/domain/catalog/career.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { listedProgram, listedProgramKey } from '#shared/store/catalog/listing-rows.ts'
import { openIntentWrite } from '#shared/store/catalog/publish-intents.ts'
import { countItemBytes } from '#shared/store/engine/count-item-bytes.ts'
import type { Engine, Row, Write } from '#shared/store/engine/engine.ts'
import { recordKey, type StoredRecordKind, type Table } from '#shared/store/keys.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { pack } from '#shared/store/packed.ts'
import { toItem } from '#shared/store/rows.ts'
import { publishRecord } from '#shared/workflows/catalog/publish-record.ts'
import { memoryEngine } from '#test/memory-engine.ts'

export type CountedWork = {
  gets: number
  queries: number
  readBytes: number
  transactions: number
  writes: number
  writtenBytes: number
  largestItemBytes: number
}

const at = '2026-11-23T15:00:00.000Z'
export const farDeadline = '2026-12-01T00:00:00.000Z'

/** A catalog of any size, written below the API, whose reads and writes are counted. */
export function createLargeCatalog() {
  const work: CountedWork = createWork()
  const engine = countWork(memoryEngine(), work)
  const stores = openStores(engine)
  let count = 0
  const newId = (prefix: string) => `${prefix}_${++count}`
  const deps = { ...stores, newId, now: () => new Date(at) }

  const put = (kind: StoredRecordKind, id: string, body: object) =>
    stores.records.put(kind, id, body, {
      expectedVersion: undefined,
      at,
      also: [openIntentWrite({ kind, id, intentId: newId('intent'), at })],
    })
  const publish = (kind: StoredRecordKind | 'pages', id: string, deadline = farDeadline) =>
    publishRecord({ kind, id, deadline }, deps)

  return {
    engine,
    newId,
    stores,
    put,
    publish,
    async write(kind: StoredRecordKind, id: string, body: object) {
      await put(kind, id, body)
      await publish(kind, id)
    },
    /** Returns the work of an action alone. */
    async measure(action: () => Promise<unknown>): Promise<CountedWork> {
      Object.assign(work, createWork())
      await action()
      return { ...work }
    },
    /** Fills the listing of a career with programs of five for each school, as if an import had composed them. */
    async fill(slug: string, programCount: number) {
      const schoolCount = Math.ceil(programCount / 5)
      const rows: Row[] = Array.from({ length: schoolCount }, (_, number) => ({
        ...recordKey('schools', `school-${number}`),
        version: 1,
        updatedAt: at,
        ...pack(aStoredSchool(number)),
      }))
      for (let number = 0; number < programCount; number++) {
        const body = aStoredProgram(slug, number, schoolCount)
        const key = listedProgramKey(slug, body.schoolId, `program-${number}`)
        rows.push({ ...key, ...toItem(listedProgram.parse({ ...body, programId: `program-${number}` })) })
      }
      for (let start = 0; start < rows.length; start += 90)
        await engine.transact(rows.slice(start, start + 90).map((row) => ({ in: 'catalog', put: row })))
      await stores.publishIntents.open([{ kind: 'pages', id: slug, intentId: newId('intent'), at }])
      await publish('pages', slug)
    },
  }
}

export const aStoredCareer = (fields: object = {}) =>
  career.parse({ title: 'Nurse', summary: 'Cares for patients.', facts: [], sections: [], ...fields })

export const aStoredSchool = (number: number, fields: object = {}) =>
  school.parse({ name: `College ${(number * 7919) % 99_991}`, timeZone: 'America/Chicago', ...fields })

export function aStoredProgram(slug: string, number: number, schoolCount: number, fields: object = {}) {
  return program.parse({
    schoolId: `school-${number % schoolCount}`,
    name: `Program ${number}`,
    careerSlugs: [slug],
    level: ['associate', 'bachelor', 'certificate'][number % 3],
    modality: number % 4 === 0 ? 'campus' : 'online',
    ...(number % 2 === 0 && { states: [['TX', 'CA', 'OH', 'NY'][number % 4], 'FL'] }),
    sponsored: number % 3 > 0,
    rank: number % 1000,
    ...fields,
  })
}

function createWork(): CountedWork {
  return { gets: 0, queries: 0, readBytes: 0, transactions: 0, writes: 0, writtenBytes: 0, largestItemBytes: 0 }
}

function countWork(inner: Engine<Table>, work: CountedWork): Engine<Table> {
  const countRead = (row: Row) => {
    work.readBytes += countItemBytes(row)
  }
  return {
    ...inner,
    async get(from) {
      work.gets += 1
      const row = await inner.get(from)
      if (row) countRead(row)
      return row
    },
    async query(query) {
      work.queries += 1
      const page = await inner.query(query)
      for (const row of page.items) countRead(row)
      return page
    },
    async transact(writes: readonly Write<Table>[]) {
      work.transactions += 1
      work.writes += writes.length
      for (const write of writes) {
        if (!('put' in write)) continue
        const bytes = countItemBytes(write.put)
        work.writtenBytes += bytes
        work.largestItemBytes = Math.max(work.largestItemBytes, bytes)
      }
      return inner.transact(writes)
    },
  }
}
