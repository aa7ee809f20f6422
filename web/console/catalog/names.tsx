import { useEffect, useState } from 'preact/hooks'
import { type RecordKind, records } from '#shared/contract/catalog/records.ts'
import { type Call, useApi } from '../../app/api.tsx'

/** Of what staff chose an id for: the id, and the name that people know. */
export type Names = ReadonlyMap<string, string>

/**
 * What the records of a kind are called, by their id; empty until that is known.
 * @param schoolId only what is that school's
 */
export function useNames(kind: RecordKind, schoolId?: string): Names {
  const { call } = useApi()
  const [names, setNames] = useState<Names>(new Map())
  useEffect(() => {
    let isWanted = true
    // A list without names is still a list: what fails here shows ids.
    namesOf(kind, call, schoolId).then(
      (known) => isWanted && setNames(known),
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [kind, call, schoolId])
  return names
}

async function namesOf(kind: RecordKind, call: Call, schoolId: string | undefined): Promise<Names> {
  const names = new Map<string, string>()
  let cursor: string | undefined
  do {
    const { named, next } = await pages[kind](call, { limit: 100, ...(cursor !== undefined && { cursor }) })
    for (const [id, name = id, owner] of named) if (schoolId === undefined || owner === schoolId) names.set(id, name)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return names
}

type Page = {
  named: [id: string, name: string | undefined, schoolId: string | undefined][]
  next: string | null | undefined
}
type Query = { limit: number; cursor?: string }

const pages: { [kind in RecordKind]: (call: Call, query: Query) => Promise<Page> } = {
  schools: async (call, query) => told((await call(records.schools.list, { query })).body, ({ name }) => name),
  programs: async (call, query) => told((await call(records.programs.list, { query })).body, ({ name }) => name),
  campaigns: async (call, query) => told((await call(records.campaigns.list, { query })).body, ({ name }) => name),
  sources: async (call, query) => told((await call(records.sources.list, { query })).body, ({ name }) => name),
  careers: async (call, query) => told((await call(records.careers.list, { query })).body, ({ title }) => title),
}

type Listed<Kept> = { records: Kept[]; page: { nextCursor: string | null } }

function told<Kept extends { id: string; schoolId?: string }>(
  body: Listed<Kept> | undefined,
  nameOf: (kept: Kept) => string | undefined,
): Page {
  return {
    named: (body?.records ?? []).map((kept) => [kept.id, nameOf(kept), kept.schoolId]),
    next: body?.page.nextCursor,
  }
}

/** For a list to choose from, by name. */
export function choicesOf(names: Names): { value: string; label: string }[] {
  return [...names]
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label))
}
