import { listLeads } from '#shared/contract/operator.ts'
import { states } from '#shared/domain/vocabulary.ts'
import { Select } from '../../app/components/field.tsx'
import { Table } from '../../app/components/table.tsx'
import { fetchUntilNonEmpty } from '../../app/hooks/fetch-until-non-empty.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { toChoices, useNames } from '../catalog/names.tsx'
import { DayPicker } from '../reporting/day-picker.tsx'
import { getToday } from '../reporting/get-today.ts'
import { FindLead } from './find-lead.tsx'
import { createLeadColumns } from './lead-columns.tsx'
import { LeadExport } from './lead-export.tsx'
import { parseLeadFilter } from './parse-lead-filter.ts'

/** The leads of a day, latest first. Nobody is named here. */
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
        (cursor) => call(listLeads, { query: { ...page, ...cursor, ...filter, day } }),
        (body) => body.leads,
      ),
    ({ body }) => body.leads,
  )
  const renderSelect = (label: string, name: string, choices: readonly Choice[]) => (
    <Select
      label={label}
      choices={[{ value: '', label: 'All' }, ...choices]}
      value={query.get(name) ?? ''}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <>
      <div class="head">
        <h1>Leads</h1>
        <Link to="/erasures">Forget a person</Link>
      </div>
      <FindLead />
      <DayPicker day={day} change={change} />
      <div class="filters">
        {renderSelect('Outcome', 'outcome', ['accepted', 'unmatched', 'duplicate'])}
        {renderSelect('Career', 'career', toChoices(careers))}
        {renderSelect('State', 'state', states)}
        {renderSelect('Source', 'source', toChoices(sources))}
        {renderSelect('Test', 'test', [
          { value: 'false', label: 'No test leads' },
          { value: 'true', label: 'Test leads only' },
        ])}
      </div>
      <section class="card" aria-label="Leads" aria-live="polite">
        {note ?? (
          <Table
            caption={`Leads of ${day}`}
            columns={createLeadColumns({ careers, sources })}
            rows={rows}
            getRowKey={({ leadId }) => leadId}
            emptyMessage={
              Object.keys(filter).length > 0
                ? 'No lead of this day passes these filters. Set some of them back to All.'
                : 'No lead came on this day. Pick another day, or look whether the landing pages still send.'
            }
          />
        )}
        {more}
      </section>
      <LeadExport day={day} filter={filter} />
    </>
  )
}

type Choice = string | { value: string; label: string }
