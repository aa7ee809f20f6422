import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { createKey, listKeys, revokeKey } from '#shared/contract/access/keys.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { Table } from '../../app/components/table.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { useQuery } from '../../app/router.tsx'
import { type Names, useNames } from '../catalog/names.tsx'
import { keysText, newKeyText } from '../text/access-text.ts'
import { KeyForm } from './key-form.tsx'

type ApiKey = z.output<(typeof listKeys.responses)[200]['body']>['keys'][number]

/** The API keys of staff, schools and sources. */
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
    // Portal sessions have a page of their own.
    ({ body }) => body.keys.filter(({ linkId }) => linkId === undefined),
  )
  const now = new Date().toISOString()
  const schoolKeys = rows.filter(
    ({ holder }) => !schoolId || (holder.caller === 'school' && holder.schoolId === schoolId),
  )
  const visibleKeys = isShowingAll ? schoolKeys : schoolKeys.filter((key) => getKeyState(key, now) === 'active')
  return (
    <>
      <h1>{schoolId ? keysText.titleForSchool(schools.get(schoolId) ?? schoolId) : keysText.title}</h1>
      <p>{keysText.intro}</p>
      <KeyForm
        schoolId={schoolId}
        schools={schools}
        sources={sources}
        onCreate={(body) => call(createKey, { body })}
        onCreated={reload}
      />
      <div class="card">
        <div class="head">
          <h2>{isShowingAll ? keysText.all : keysText.active}</h2>
          <label class="choice">
            <input type="checkbox" checked={isShowingAll} onChange={() => setShowingAll(!isShowingAll)} />{' '}
            {keysText.showAll}
          </label>
        </div>
        {note ?? (
          <Table
            caption={keysText.caption}
            rows={visibleKeys}
            getRowKey={({ keyId }) => keyId}
            emptyMessage={keysText.empty}
            columns={[
              {
                head: keysText.columns.name,
                cell: ({ name, keyId }) => (
                  <>
                    {name}
                    <br />
                    <span class="id help">{keyId}</span>
                  </>
                ),
              },
              { head: keysText.columns.owner, cell: ({ holder }) => formatHolder(holder, schools, sources) },
              { head: keysText.columns.permission, cell: ({ scope }) => newKeyText.permissions[scope] },
              { head: keysText.columns.status, cell: (key) => <Badge kind="key" status={getKeyState(key, now)} /> },
              {
                head: keysText.columns.lastUsed,
                cell: ({ lastUsedAt }) => (lastUsedAt ? <Instant at={lastUsedAt} /> : keysText.never),
              },
              {
                head: keysText.columns.expires,
                cell: ({ expiresAt }) => (expiresAt ? <Instant at={expiresAt} /> : keysText.never),
              },
              {
                head: keysText.columns.action,
                cell: (key) =>
                  getKeyState(key, now) === 'active' && (
                    <Action
                      kind="danger"
                      run={() => call(revokeKey, { params: { keyId: key.keyId } })}
                      onDone={reload}
                      confirmation={{
                        title: keysText.revokeTitle(key.name),
                        text: keysText.revokeHelp,
                        confirmLabel: keysText.revokeConfirm,
                      }}
                    >
                      {keysText.revoke}
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
      return keysText.staff
    case 'school':
      return schools.get(holder.schoolId) ?? holder.schoolId
    case 'source':
      return keysText.sourceServer(sources.get(holder.sourceId) ?? holder.sourceId)
  }
}
