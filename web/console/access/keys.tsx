import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { createKey, listKeys, revokeKey } from '#shared/contract/access/keys.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/api.tsx'
import { Table } from '../../app/components/table.tsx'
import { Badge, Instant } from '../../app/components/words.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { useQuery } from '../../app/place.tsx'
import { type Names, useNames } from '../catalog/names.tsx'
import { KeyForm } from './key-form.tsx'

type Key = z.output<(typeof listKeys.responses)[200]['body']>['keys'][number]

/** Keys of staff, schools and servers: what they may do, whether they are used, and the end of them. */
export function Keys() {
  const { call } = useApi()
  const [query] = useQuery()
  const schoolId = query.get('school') ?? undefined
  const schools = useNames('schools')
  const sources = useNames('sources')
  const [all, setAll] = useState(false)
  const { rows, more, note, again } = usePages(
    [],
    (call, page) => call(listKeys, { query: { ...page, limit: 100 } }),
    ({ body }) => body.keys,
  )
  const now = new Date().toISOString()
  const ofSchool = rows.filter(
    ({ holder }) => !schoolId || (holder.caller === 'school' && holder.schoolId === schoolId),
  )
  const shown = all ? ofSchool : ofSchool.filter((key) => stateOf(key, now) === 'active')
  return (
    <>
      <h1>Keys{schoolId ? ` of ${schools.get(schoolId) ?? schoolId}` : ''}</h1>
      <p>A key is shown when it is made and kept as a hash. Revoked, it is refused at once.</p>
      <KeyForm
        schoolId={schoolId}
        schools={schools}
        sources={sources}
        make={(body) => call(createKey, { body })}
        made={again}
      />
      <div class="card">
        <div class="head">
          <h2>{all ? 'All keys' : 'Live keys'}</h2>
          <label class="choice">
            <input type="checkbox" checked={all} onChange={() => setAll(!all)} /> also revoked and expired ones
          </label>
        </div>
        {note ?? (
          <Table
            caption="Keys"
            rows={shown}
            keyOf={({ keyId }) => keyId}
            empty="There is none yet. Make one above."
            columns={[
              {
                head: 'Name',
                cell: ({ name, keyId }) => (
                  <>
                    {name}
                    <br />
                    <span class="id help">{keyId}</span>
                  </>
                ),
              },
              { head: 'Of', cell: ({ holder }) => holderWords(holder, schools, sources) },
              { head: 'May', cell: ({ scope }) => scope },
              { head: 'State', cell: (key) => <Badge word={stateOf(key, now)} /> },
              { head: 'Last used', cell: ({ lastUsedAt }) => (lastUsedAt ? <Instant at={lastUsedAt} /> : 'never') },
              { head: 'Until', cell: ({ expiresAt }) => (expiresAt ? <Instant at={expiresAt} /> : 'no end') },
              {
                head: 'Action',
                cell: (key) =>
                  stateOf(key, now) === 'active' && (
                    <Action
                      kind="danger"
                      run={() => call(revokeKey, { params: { keyId: key.keyId } })}
                      done={again}
                      sure={{
                        title: `Revoke “${key.name}”?`,
                        text: <p>Whoever uses it is refused from the next request on. It cannot be brought back.</p>,
                        yes: 'Revoke it',
                      }}
                    >
                      Revoke …
                    </Action>
                  ),
              },
            ]}
          />
        )}
        {more}
      </div>
    </>
  )
}

function stateOf({ revokedAt, expiresAt }: Key, now: string): 'active' | 'revoked' | 'expired' {
  if (revokedAt) return 'revoked'
  return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'active'
}

function holderWords(holder: Key['holder'], schools: Names, sources: Names): string {
  switch (holder.caller) {
    case 'operator':
      return 'Staff'
    case 'school':
      return schools.get(holder.schoolId) ?? holder.schoolId
    case 'source':
      return `Server of ${sources.get(holder.sourceId) ?? holder.sourceId}`
  }
}
