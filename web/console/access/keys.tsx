import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { createKey, listKeys, revokeKey } from '#shared/contract/access/keys.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Badge, Instant } from '../../app/components/format.tsx'
import { Table } from '../../app/components/table.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { useQuery } from '../../app/router.tsx'
import { type Names, useNames } from '../catalog/names.tsx'
import { KeyForm } from './key-form.tsx'

type ApiKey = z.output<(typeof listKeys.responses)[200]['body']>['keys'][number]

/** Keys of staff, schools and servers: what they may do, whether they are used, and the end of them. */
export function Keys() {
  const { call } = useApi()
  const [query] = useQuery()
  const schoolId = query.get('school') ?? undefined
  const schools = useNames('schools')
  const sources = useNames('sources')
  const [isShowingAll, setShowingAll] = useState(false)
  const { rows, more, note, reload } = usePages(
    [],
    (call, page) => call(listKeys, { query: { ...page, limit: 100 } }),
    ({ body }) => body.keys,
  )
  const now = new Date().toISOString()
  const schoolKeys = rows.filter(
    ({ holder }) => !schoolId || (holder.caller === 'school' && holder.schoolId === schoolId),
  )
  const visibleKeys = isShowingAll ? schoolKeys : schoolKeys.filter((key) => getKeyState(key, now) === 'active')
  return (
    <>
      <h1>Keys{schoolId ? ` of ${schools.get(schoolId) ?? schoolId}` : ''}</h1>
      <p>A key is shown when it is made and kept as a hash. Revoked, it is refused at once.</p>
      <KeyForm
        schoolId={schoolId}
        schools={schools}
        sources={sources}
        onCreate={(body) => call(createKey, { body })}
        onCreated={reload}
      />
      <div class="card">
        <div class="head">
          <h2>{isShowingAll ? 'All keys' : 'Live keys'}</h2>
          <label class="choice">
            <input type="checkbox" checked={isShowingAll} onChange={() => setShowingAll(!isShowingAll)} /> also revoked
            and expired ones
          </label>
        </div>
        {note ?? (
          <Table
            caption="Keys"
            rows={visibleKeys}
            getRowKey={({ keyId }) => keyId}
            emptyMessage="There is none yet. Make one above."
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
              { head: 'Of', cell: ({ holder }) => formatHolder(holder, schools, sources) },
              { head: 'May', cell: ({ scope }) => scope },
              { head: 'State', cell: (key) => <Badge text={getKeyState(key, now)} /> },
              { head: 'Last used', cell: ({ lastUsedAt }) => (lastUsedAt ? <Instant at={lastUsedAt} /> : 'never') },
              { head: 'Until', cell: ({ expiresAt }) => (expiresAt ? <Instant at={expiresAt} /> : 'no end') },
              {
                head: 'Action',
                cell: (key) =>
                  getKeyState(key, now) === 'active' && (
                    <Action
                      kind="danger"
                      run={() => call(revokeKey, { params: { keyId: key.keyId } })}
                      onDone={reload}
                      confirmation={{
                        title: `Revoke “${key.name}”?`,
                        text: <p>Whoever uses it is refused from the next request on. It cannot be brought back.</p>,
                        confirmLabel: 'Revoke it',
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

function getKeyState({ revokedAt, expiresAt }: ApiKey, now: string): 'active' | 'revoked' | 'expired' {
  if (revokedAt) return 'revoked'
  return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'active'
}

function formatHolder(holder: ApiKey['holder'], schools: Names, sources: Names): string {
  switch (holder.caller) {
    case 'operator':
      return 'Staff'
    case 'school':
      return schools.get(holder.schoolId) ?? holder.schoolId
    case 'source':
      return `Server of ${sources.get(holder.sourceId) ?? holder.sourceId}`
  }
}
