import './campaigns.css'
import type * as z from 'zod'
import { records } from '#shared/contract/catalog/records.ts'
import { listCaps } from '#shared/contract/routing/cap-usage.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Badge } from '../../app/components/badge.tsx'
import { CapGauge } from '../../app/components/cap-gauge.tsx'
import { Select } from '../../app/components/field.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { Table } from '../../app/components/table.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { RoleNote, useIsAllowed } from '../../app/people/allowed.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { toChoices, useNames } from '../catalog/names.tsx'
import { buyerText } from '../text/buyer-text.ts'
import { consoleText } from '../text/console-text.ts'
import { recordTexts } from '../text/records/record-text.ts'
import { campaignsText } from '../text/routing-text.ts'
import { changeCampaignStatus } from './change-campaign-status.ts'

const { columns } = campaignsText
type Row = z.output<(typeof listCaps.responses)[200]['body']>['campaigns'][number]

/** All campaigns with their status, hours and caps. */
export function Campaigns() {
  const [query, change] = useQuery()
  const schools = useNames('schools')
  const schoolId = query.get('school') ?? ''
  const canChange = useIsAllowed(records.campaigns.put)
  const { rows, more, note, refresh } = usePages(
    [],
    (call, page) => call(listCaps, { query: { ...page, limit: 100 } }),
    ({ body }) => body.campaigns,
  )
  return (
    <>
      <div class="head">
        <h1>{campaignsText.title}</h1>
        <span class="actions">
          <Link to="/buyers/new" class="button second">
            {buyerText.title}
          </Link>
          <Link to="/campaigns/new" class="button">
            {campaignsText.newCampaign}
          </Link>
        </span>
      </div>
      <p>{recordTexts.campaigns.description}</p>
      <RoleNote needs={records.campaigns.put} />
      <div class="filters">
        <Select
          label={campaignsText.school}
          choices={[{ value: '', label: consoleText.allSchools }, ...toChoices(schools)]}
          value={schoolId}
          onChange={({ currentTarget }) => change({ school: currentTarget.value || undefined })}
        />
      </div>
      <div class="card">
        {note ?? (
          <Table
            caption={campaignsText.caption}
            rows={rows.filter((row) => schoolId === '' || row.schoolId === schoolId)}
            getRowKey={({ campaignId }) => campaignId}
            emptyMessage={campaignsText.empty}
            columns={[
              { head: columns.campaign, cell: renderName },
              { head: columns.status, cell: renderStatus },
              { head: columns.hours, cell: ({ open }) => (open ? campaignsText.open : campaignsText.closed) },
              { head: columns.caps, cell: renderCaps },
              {
                head: columns.action,
                cell: (row) => canChange && <StatusAction row={row} onDone={() => void refresh()} />,
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
  if (caps.length === 0) return <span class="help">{campaignsText.noCaps}</span>
  return (
    <ul class="gauges-small">
      {caps.map((cap) => (
        <li key={`${cap.by} ${cap.period} ${cap.unit} ${cap.limit}`}>
          <CapGauge cap={cap} />
          {cap.by === 'school' && <span class="help">{campaignsText.bySchool}</span>}
        </li>
      ))}
    </ul>
  )
}

function renderStatus({ status, pausedBy }: Row) {
  return (
    <>
      <Badge kind="record" status={status} />
      {pausedBy.map(({ by, at, reason }) => (
        <p key={by} class="help">
          {campaignsText.pausedBy[by]} <Instant at={at} />
          {reason && `: ${reason}`}
        </p>
      ))}
    </>
  )
}

/** Pauses or resumes for staff. A pause of the school stays: only the record page lifts it. */
function StatusAction({ row, onDone }: { row: Row; onDone: () => void }) {
  const { call } = useApi()
  const title = row.name ?? row.campaignId
  const isPausedByStaff = row.pausedBy.some(({ by }) => by === 'staff')
  const confirmation = {
    title: campaignsText.pauseTitle(title),
    text: campaignsText.pauseHelp(row.schoolName),
    confirmLabel: campaignsText.pauseConfirm,
  }
  return (
    <Action
      kind="second"
      run={() => changeCampaignStatus(call, row.campaignId, isPausedByStaff ? 'active' : 'paused')}
      onDone={onDone}
      {...(!isPausedByStaff && { confirmation })}
    >
      {isPausedByStaff ? campaignsText.resume : campaignsText.pause}
      <span class="visually-hidden"> {title}</span>
    </Action>
  )
}
