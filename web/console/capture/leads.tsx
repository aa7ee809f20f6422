import { listLeads } from '#shared/contract/capture/leads.ts'
import { states } from '#shared/domain/vocabulary.ts'
import { Select } from '../../app/components/field.tsx'
import { Table } from '../../app/components/table.tsx'
import { formatDay } from '../../app/format.ts'
import { fetchUntilNonEmpty } from '../../app/hooks/fetch-until-non-empty.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { appText } from '../../app/text/app-text.ts'
import { statusLabels } from '../../app/text/status-labels.ts'
import { getTimeZone, getToday } from '../../app/time-zone.ts'
import { stateNames } from '../../words/state-names.ts'
import { toChoices, useNames } from '../catalog/names.tsx'
import { DayPicker } from '../reporting/day-picker.tsx'
import { leadsText } from '../text/capture-text.ts'
import { FindLead } from './find-lead.tsx'
import { createLeadColumns } from './lead-columns.tsx'
import { LeadExport } from './lead-export.tsx'
import { parseLeadFilter } from './parse-lead-filter.ts'

/** The leads of a day, newest first, without names. */
export function Leads() {
  const [query, change] = useQuery()
  const day = query.get('day') ?? getToday()
  const filter = parseLeadFilter(query)
  const careers = useNames('careers')
  const sources = useNames('sources')
  const { rows, more, note } = usePages(
    [day, filter],
    (call, page) =>
      fetchUntilNonEmpty(
        (cursor) => call(listLeads, { query: { ...page, ...cursor, ...filter, day, timeZone: getTimeZone() } }),
        (body) => body.leads,
      ),
    ({ body }) => body.leads,
  )
  const renderSelect = (label: string, name: string, choices: readonly Choice[]) => (
    <Select
      label={label}
      choices={[{ value: '', label: appText.all }, ...choices]}
      value={query.get(name) ?? ''}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <>
      <div class="head">
        <h1>{leadsText.title}</h1>
        <Link to="/erasures">{leadsText.deletePerson}</Link>
      </div>
      <FindLead />
      <DayPicker day={day} change={change} />
      <div class="filters">
        {renderSelect(leadsText.filters.outcome, 'outcome', outcomeChoices)}
        {renderSelect(leadsText.filters.career, 'career', toChoices(careers))}
        {renderSelect(leadsText.filters.state, 'state', stateChoices)}
        {renderSelect(leadsText.filters.source, 'source', toChoices(sources))}
        {renderSelect(leadsText.filters.test, 'test', [
          { value: 'false', label: leadsText.withoutTests },
          { value: 'true', label: leadsText.onlyTests },
        ])}
      </div>
      <section class="card" aria-label={leadsText.title} aria-live="polite">
        {note ?? (
          <Table
            caption={leadsText.caption(formatDay(day))}
            columns={createLeadColumns({ careers, sources })}
            rows={rows}
            getRowKey={({ leadId }) => leadId}
            emptyMessage={Object.keys(filter).length > 0 ? leadsText.noMatch : leadsText.none}
          />
        )}
        {more}
      </section>
      <LeadExport day={day} filter={filter} />
    </>
  )
}

const outcomeChoices = (['accepted', 'unmatched', 'duplicate'] as const).map((value) => ({
  value,
  label: statusLabels.lead[value].label,
}))

const stateChoices = states.map((value) => ({ value, label: stateNames[value] }))

type Choice = string | { value: string; label: string }
