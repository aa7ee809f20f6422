import '../portal.css'
import { useState } from 'preact/hooks'
import { Loading, ProblemNote } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { downloadFile } from '../../app/download-file.ts'
import { formatNumber } from '../../app/format.ts'
import { Link, useQuery } from '../../app/router.tsx'
import { toLocalDay } from '../../app/time-zone.ts'
import { useStatusChange } from '../aftercare/use-status-change.tsx'
import { ReadOnlyNotice, useOwnSchool } from '../own-school.tsx'
import { leadText } from '../text/leads.ts'
import { statusControlText } from '../text/statuses.ts'
import { createLeadColumns, getLeadName } from './lead-columns.tsx'
import { LeadFilters, QuickFilters } from './lead-filters.tsx'
import { filterLeads, sortLeads } from './lead-list.ts'
import { readLeadQuery } from './lead-query.ts'
import { SavedFilters } from './saved-filters.tsx'
import type { SchoolLead } from './school-lead.ts'
import { toLeadsCsv } from './to-leads-csv.ts'
import { useSchoolLeads } from './use-school-leads.ts'

/** The leads of a school with search, filters and order, their status in two clicks, and an export of what is shown or selected. */
export function Leads() {
  const [query, change] = useQuery()
  const list = useSchoolLeads()
  const [school] = useOwnSchool()
  const statusChange = useStatusChange(list.change)
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set())
  const canManage = school.body?.scope === 'manage'
  const { filter, order } = readLeadQuery(query)
  const rows = sortLeads(filterLeads(list.leads, filter), order)
  const selected = rows.filter(({ deliveryId }) => selectedIds.has(deliveryId))
  const exported = selected.length > 0 ? selected : rows
  const renderStatusControl = (lead: SchoolLead) =>
    canManage &&
    lead.taken &&
    lead.event && (
      <button
        type="button"
        class="button second"
        aria-label={statusControlText.setFor(getLeadName(lead))}
        onClick={() => statusChange.ask(lead)}
      >
        {statusControlText.set}
      </button>
    )
  const columns = [
    createSelectColumn(selectedIds, setSelectedIds),
    ...createLeadColumns({ list: query, renderStatusControl }),
  ]
  return (
    <>
      <div class="head">
        <h1>{leadText.title}</h1>
        {canManage && <Link to="/leads/statuses">{leadText.bulk}</Link>}
      </div>
      {school.body && <ReadOnlyNotice school={school.body} />}
      <QuickFilters leads={list.leads} query={query} change={change} />
      <LeadFilters query={query} change={change} campaigns={school.body?.campaigns ?? []} />
      <SavedFilters query={query.toString()} />
      <section class="card" aria-label={leadText.region}>
        <div class="head">
          <span role="status">{leadText.shown(formatNumber(rows.length), formatNumber(list.leads.length))}</span>
          <span class="actions">
            {rows.length > 0 && (
              <button
                type="button"
                class="plain"
                onClick={() =>
                  setSelectedIds(new Set(selected.length > 0 ? [] : rows.map(({ deliveryId }) => deliveryId)))
                }
              >
                {selected.length > 0 ? leadText.selectNone : leadText.selectAll}
              </button>
            )}
            {exported.length > 0 && (
              <button
                type="button"
                class="button second"
                onClick={() => downloadFile(toLeadsCsv(exported), `leads-${toLocalDay(new Date())}.csv`)}
              >
                {(selected.length > 0 ? leadText.exportSelected : leadText.exportAll)(formatNumber(exported.length))}
              </button>
            )}
          </span>
        </div>
        {list.next === undefined && list.isLoading ? (
          <Loading />
        ) : (
          <Table
            caption={leadText.caption}
            columns={columns}
            rows={rows}
            getRowKey={({ deliveryId }) => deliveryId}
            emptyMessage={query.size > 0 ? leadText.noMatch : leadText.noLeads}
          />
        )}
        {list.problem && <ProblemNote problem={list.problem} retry={list.loadOlder} />}
        {list.next && !list.isLoading && (
          <button type="button" class="button second" onClick={list.loadOlder}>
            {leadText.loadOlder}
          </button>
        )}
      </section>
      {statusChange.elements}
    </>
  )
}

function createSelectColumn(
  selectedIds: ReadonlySet<string>,
  setSelectedIds: (ids: ReadonlySet<string>) => void,
): Column<SchoolLead> {
  return {
    head: leadText.columns.select,
    cell: (lead) => (
      <input
        type="checkbox"
        aria-label={leadText.selectLead(getLeadName(lead))}
        checked={selectedIds.has(lead.deliveryId)}
        onChange={({ currentTarget }) => {
          const next = new Set(selectedIds)
          currentTarget.checked ? next.add(lead.deliveryId) : next.delete(lead.deliveryId)
          setSelectedIds(next)
        }}
      />
    ),
  }
}
