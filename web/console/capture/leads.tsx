import { listLeads } from '#shared/contract/operator.ts'
import { states } from '#shared/domain/vocabulary.ts'
import { Select } from '../../app/components/field.tsx'
import { Table } from '../../app/components/table.tsx'
import { untilSome } from '../../app/hooks/until-some.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link, useQuery } from '../../app/place.tsx'
import { choicesOf, useNames } from '../catalog/names.tsx'
import { DayPicker } from '../reporting/day-picker.tsx'
import { today } from '../reporting/today.ts'
import { FindLead } from './find-lead.tsx'
import { leadColumns } from './lead-columns.tsx'
import { LeadExport } from './lead-export.tsx'
import { filterOf } from './lead-filter.ts'

/** The leads of a day, latest first. Nobody is named here. */
export function Leads() {
  const [query, change] = useQuery()
  const day = query.get('day') ?? today()
  const filter = filterOf(query)
  const careers = useNames('careers')
  const sources = useNames('sources')
  const { rows, more, note } = usePages(
    [day, filter],
    (call, page) =>
      untilSome(
        (cursor) => call(listLeads, { query: { ...page, ...cursor, ...filter, day } }),
        (body) => body.leads,
      ),
    ({ body }) => body.leads,
  )
  const select = (label: string, name: string, choices: readonly Choice[]) => (
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
        {select('Outcome', 'outcome', ['accepted', 'unmatched', 'duplicate'])}
        {select('Career', 'career', choicesOf(careers))}
        {select('State', 'state', states)}
        {select('Source', 'source', choicesOf(sources))}
        {select('Test', 'test', [
          { value: 'false', label: 'No test leads' },
          { value: 'true', label: 'Test leads only' },
        ])}
      </div>
      <section class="card" aria-label="Leads" aria-live="polite">
        {note ?? (
          <Table
            caption={`Leads of ${day}`}
            columns={leadColumns({ careers, sources })}
            rows={rows}
            keyOf={({ leadId }) => leadId}
            empty={
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
