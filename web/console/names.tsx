import { useEffect, useState } from 'preact/hooks'
import { records } from '#shared/contract/records.ts'
import { type Call, useApi } from '../app/api.tsx'

type Kind = 'schools' | 'campaigns' | 'sources'
/** Of what staff chose an id for: the id, and the name that people know. */
export type Names = ReadonlyMap<string, string>

/** What schools, campaigns or sources are called, by their id; empty until that is known. */
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
    const { body } = await page(kind, call, { limit: 100, ...(cursor !== undefined && { cursor }) })
    for (const { id, name } of body?.records ?? []) names.set(id, name ?? id)
    cursor = body?.page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return names
}

function page(kind: Kind, call: Call, query: { limit: number; cursor?: string }) {
  if (kind === 'schools') return call(records.schools.list, { query })
  return kind === 'campaigns' ? call(records.campaigns.list, { query }) : call(records.sources.list, { query })
}
