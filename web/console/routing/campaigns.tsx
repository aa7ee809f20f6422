import './campaigns.css'
import type * as z from 'zod'
import { listCaps } from '#shared/contract/reporting/overview.ts'
import { Action } from '../../app/action.tsx'
import { type BrowserClient, useApi } from '../../app/browser-client.tsx'
import { CapGauge } from '../../app/components/cap-gauge.tsx'
import { Select } from '../../app/components/field.tsx'
import { Badge } from '../../app/components/format.tsx'
import { Table } from '../../app/components/table.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { createRecordClient } from '../catalog/create-record-client.ts'
import { toChoices, useNames } from '../catalog/names.tsx'
import { recordForms } from '../catalog/record-forms.ts'

type Row = z.output<(typeof listCaps.responses)[200]['body']>['campaigns'][number]

/** Every campaign with its caps and hours at a glance. */
export function Campaigns() {
  const { call } = useApi()
  const [query, change] = useQuery()
  const schools = useNames('schools')
  const schoolId = query.get('school') ?? ''
  const { rows, more, note, reload } = usePages(
    [],
    (call, page) => call(listCaps, { query: { ...page, limit: 100 } }),
    ({ body }) => body.campaigns,
  )
  return (
    <>
      <div class="head">
        <h1>Campaigns</h1>
        <Link to="/campaigns/new" class="button">
          New campaign
        </Link>
      </div>
      <p>{recordForms.campaigns.description}</p>
      <div class="filters">
        <Select
          label="School"
          choices={[{ value: '', label: 'All schools' }, ...toChoices(schools)]}
          value={schoolId}
          onChange={({ currentTarget }) => change({ school: currentTarget.value || undefined })}
        />
      </div>
      <div class="card">
        {note ?? (
          <Table
            caption="Campaigns"
            rows={rows.filter((row) => schoolId === '' || row.schoolId === schoolId)}
            getRowKey={({ campaignId }) => campaignId}
            emptyMessage="There is none. With the first one, its school can get leads."
            columns={[
              { head: 'Campaign', cell: renderName },
              { head: 'State', cell: ({ status }) => <Badge text={status} /> },
              { head: 'Hours', cell: ({ open }) => (open ? 'open now' : 'closed now') },
              { head: 'Caps', cell: renderCaps },
              {
                head: 'Action',
                cell: (row) => (
                  <Action kind="second" run={() => toggleStatus(call, row)} onDone={reload}>
                    {row.status === 'active' ? 'Pause' : 'Resume'}
                    <span class="visually-hidden"> {row.name ?? row.campaignId}</span>
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

function renderName({ campaignId, name, schoolName }: Row) {
  return (
    <>
      <Link to={`/campaigns/${encodeURIComponent(campaignId)}`}>{name ?? campaignId}</Link>
      <br />
      <span class="help">{schoolName}</span>
    </>
  )
}

function renderCaps({ caps }: Row) {
  if (caps.length === 0) return <span class="help">none</span>
  return (
    <ul class="gauges-small">
      {caps.map((cap) => (
        <li key={`${cap.period} ${cap.unit}`}>
          <CapGauge cap={cap} label="" />
        </li>
      ))}
    </ul>
  )
}

/** As somebody who saw it as it stands: a campaign that was changed meanwhile is not written over. */
async function toggleStatus(call: BrowserClient, { campaignId, status }: Row) {
  const recordClient = createRecordClient(call, 'campaigns')
  const { body: record, problem } = await recordClient.get(campaignId)
  if (!record) return { problem }
  return recordClient.put(campaignId, record.version, {
    ...record.body,
    status: status === 'active' ? 'paused' : 'active',
  })
}
