import { useEffect, useState } from 'preact/hooks'
import { records } from '#shared/contract/records.ts'
import { type Call, useApi } from '../app/api.tsx'

type Kind = 'schools' | 'campaigns' | 'sources' | 'careers'
/** Of what staff chose an id for: the id, and the name that people know. */
export type Names = ReadonlyMap<string, string>

/** What schools, campaigns, sources or careers are called, by their id; empty until that is known. */
export function useNames(kind: Kind): Names {
  const { call } = useApi()
  const [names, setNames] = useState<Names>(new Map())
  useEffect(() => {
    let isWanted = true
    // A list without names is still a list: what fails here shows ids.
    namesOf(kind, call).then(
      (known) => isWanted && setNames(known),
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [kind, call])
  return names
}

async function namesOf(kind: Kind, call: Call): Promise<Names> {
  const names = new Map<string, string>()
  let cursor: string | undefined
  do {
    const { named, next } = await pages[kind](call, { limit: 100, ...(cursor !== undefined && { cursor }) })
    for (const [id, name = id] of named) names.set(id, name)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return names
}

type Page = { named: [id: string, name: string | undefined][]; next: string | null | undefined }
type Query = { limit: number; cursor?: string }

const pages: { [kind in Kind]: (call: Call, query: Query) => Promise<Page> } = {
  schools: async (call, query) => told((await call(records.schools.list, { query })).body, ({ name }) => name),
  campaigns: async (call, query) => told((await call(records.campaigns.list, { query })).body, ({ name }) => name),
  sources: async (call, query) => told((await call(records.sources.list, { query })).body, ({ name }) => name),
  careers: async (call, query) => told((await call(records.careers.list, { query })).body, ({ title }) => title),
}

type Listed<Kept> = { records: Kept[]; page: { nextCursor: string | null } }

function told<Kept extends { id: string }>(
  body: Listed<Kept> | undefined,
  nameOf: (kept: Kept) => string | undefined,
): Page {
  return { named: (body?.records ?? []).map((kept) => [kept.id, nameOf(kept)]), next: body?.page.nextCursor }
}

/** For a list to choose from, by name. */
export function choicesOf(names: Names): { value: string; label: string }[] {
  return [...names]
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label))
}
