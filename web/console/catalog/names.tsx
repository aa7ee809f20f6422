import { useEffect, useState } from 'preact/hooks'
import { type RecordKind, records } from '#shared/contract/catalog/records.ts'
import { type BrowserClient, useApi } from '../../app/browser-client.tsx'
import { createRecordClient } from './create-record-client.ts'
import { getRecordTitle } from './record-forms.ts'

/** The names of records, by ID. */
export type Names = ReadonlyMap<string, string>

/**
 * The names of the records of one kind. Empty until they are loaded.
 * @param schoolId only records of this school
 */
export function useNames(kind: RecordKind, schoolId?: string): Names {
  return useLoadedNames((call) => fetchNames(kind, call, schoolId), `${kind} ${schoolId ?? ''}`)
}

/** The names of a few records, read one by one, of a kind that has too many to read all. Empty until they are loaded. */
export function useSelectedNames(kind: RecordKind, ids: readonly (string | undefined)[]): Names {
  const uniqueIds = [...new Set(ids)].filter((id) => id !== undefined).toSorted()
  return useLoadedNames((call) => fetchSelectedNames(kind, call, uniqueIds), `${kind} ${uniqueIds.join(' ')}`)
}

/** @param selection what is loaded: another one loads again */
function useLoadedNames(load: (call: BrowserClient) => Promise<Names>, selection: string): Names {
  const { call } = useApi()
  const [names, setNames] = useState<Names>(new Map())
  useEffect(() => {
    let isMounted = true
    // If the names cannot be loaded, the page shows IDs.
    load(call).then(
      (loadedNames) => isMounted && setNames(loadedNames),
      () => undefined,
    )
    return () => {
      isMounted = false
    }
  }, [call, selection])
  return names
}

/** The name of a record, or its ID if there is none or it is not loaded. */
export function formatName(names: Names, id: string): string {
  return names.get(id) ?? id
}

async function fetchSelectedNames(kind: RecordKind, call: BrowserClient, ids: readonly string[]): Promise<Names> {
  const client = createRecordClient(call, kind)
  const entries = await Promise.all(
    ids.map(async (id) => {
      const { body } = await client.get(id)
      return [id, body ? getRecordTitle(kind, id, body.body) : id] as const
    }),
  )
  return new Map(entries)
}

async function fetchNames(kind: RecordKind, call: BrowserClient, schoolId: string | undefined): Promise<Names> {
  const names = new Map<string, string>()
  let cursor: string | undefined
  do {
    const { entries, next } = await pages[kind](call, { limit: 100, ...(cursor !== undefined && { cursor }) })
    for (const [id, name = id, owner] of entries) if (schoolId === undefined || owner === schoolId) names.set(id, name)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return names
}

type Page = {
  entries: [id: string, name: string | undefined, schoolId: string | undefined][]
  next: string | null | undefined
}
type Query = { limit: number; cursor?: string }

const pages: { [kind in RecordKind]: (call: BrowserClient, query: Query) => Promise<Page> } = {
  schools: async (call, query) => toNamePage((await call(records.schools.list, { query })).body, ({ name }) => name),
  programs: async (call, query) => toNamePage((await call(records.programs.list, { query })).body, ({ name }) => name),
  campaigns: async (call, query) =>
    toNamePage((await call(records.campaigns.list, { query })).body, ({ name }) => name),
  sources: async (call, query) => toNamePage((await call(records.sources.list, { query })).body, ({ name }) => name),
  careers: async (call, query) => toNamePage((await call(records.careers.list, { query })).body, ({ title }) => title),
}

type RecordListBody<Row> = { records: Row[]; page: { nextCursor: string | null } }

function toNamePage<Row extends { id: string; schoolId?: string }>(
  body: RecordListBody<Row> | undefined,
  getName: (record: Row) => string | undefined,
): Page {
  return {
    entries: (body?.records ?? []).map((record) => [record.id, getName(record), record.schoolId]),
    next: body?.page.nextCursor,
  }
}

/** The choices for a select, sorted by name. */
export function toChoices(names: Names): { value: string; label: string }[] {
  return [...names]
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label))
}
