import './campaigns.css'
import type * as z from 'zod'
import { listCaps } from '#shared/contract/reporting/overview.ts'
import { Action } from '../../app/action.tsx'
import { type Call, useApi } from '../../app/api.tsx'
import { CapGauge } from '../../app/components/cap-gauge.tsx'
import { Select } from '../../app/components/field.tsx'
import { Table } from '../../app/components/table.tsx'
import { Badge } from '../../app/components/words.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link, useQuery } from '../../app/place.tsx'
import { choicesOf, useNames } from '../catalog/names.tsx'
import { recordCalls } from '../catalog/record-calls.ts'
import { recordEditing } from '../catalog/record-kinds.ts'

type Row = z.output<(typeof listCaps.responses)[200]['body']>['campaigns'][number]

/** Every campaign with its caps and hours at a glance. */
export function Campaigns() {
  const { call } = useApi()
  const [query, change] = useQuery()
  const schools = useNames('schools')
  const schoolId = query.get('school') ?? ''
  const { rows, more, note, again } = usePages(
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
      <p>{recordEditing.campaigns.says}</p>
      <div class="filters">
        <Select
          label="School"
          choices={[{ value: '', label: 'All schools' }, ...choicesOf(schools)]}
          value={schoolId}
          onChange={({ currentTarget }) => change({ school: currentTarget.value || undefined })}
        />
      </div>
      <div class="card">
        {note ?? (
          <Table
            caption="Campaigns"
            rows={rows.filter((row) => schoolId === '' || row.schoolId === schoolId)}
            keyOf={({ campaignId }) => campaignId}
            empty="There is none. With the first one, its school can get leads."
            columns={[
              { head: 'Campaign', cell: nameOf },
              { head: 'State', cell: ({ status }) => <Badge word={status} /> },
              { head: 'Hours', cell: ({ open }) => (open ? 'open now' : 'closed now') },
              { head: 'Caps', cell: capsOf },
              {
                head: 'Action',
                cell: (row) => (
                  <Action kind="second" run={() => toggle(call, row)} done={again}>
                    {row.status === 'active' ? 'Pause' : 'Resume'}
                    <span class="trap"> {row.name ?? row.campaignId}</span>
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

function nameOf({ campaignId, name, schoolName }: Row) {
  return (
    <>
      <Link to={`/campaigns/${encodeURIComponent(campaignId)}`}>{name ?? campaignId}</Link>
      <br />
      <span class="help">{schoolName}</span>
    </>
  )
}

function capsOf({ caps }: Row) {
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
async function toggle(call: Call, { campaignId, status }: Row) {
  const calls = recordCalls(call, 'campaigns')
  const { body: kept, problem } = await calls.get(campaignId)
  if (!kept) return { problem }
  return calls.put(campaignId, kept.version, { ...kept.body, status: status === 'active' ? 'paused' : 'active' })
}
