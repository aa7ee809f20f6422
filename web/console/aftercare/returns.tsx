import './returns.css'
import { listReturns } from '#shared/contract/aftercare/returns.ts'
import { returnState } from '#shared/domain/aftercare/lead-return.ts'
import { Select } from '../../app/components/field.tsx'
import { ReturnSummary } from '../../app/components/return-summary.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { statusLabels } from '../../app/text/status-labels.ts'
import { useNames } from '../catalog/names.tsx'
import { returnsText } from '../text/aftercare-text.ts'
import { DecideReturn } from './decide-return.tsx'

/** The credit requests of schools, by status. */
export function Returns() {
  const [query, change] = useQuery()
  const schools = useNames('schools')
  const state = returnState.safeParse(query.get('state')).data ?? 'requested'
  const { rows, more, note, reload } = usePages(
    [state],
    (call, page) => call(listReturns, { query: { state, ...page } }),
    ({ body }) => body.returns,
  )
  return (
    <>
      <h1>{returnsText.title}</h1>
      <p>{returnsText.intro}</p>
      <div class="filters">
        <Select
          label={returnsText.status}
          choices={choices}
          value={state}
          onChange={(event) => change({ state: event.currentTarget.value })}
        />
      </div>
      <section aria-label={returnsText.title} aria-live="polite">
        {note ?? (rows.length === 0 && <p class="empty">{returnsText.empty[state]}</p>)}
        <ul class="returns">
          {rows.map((leadReturn) => (
            <li key={leadReturn.returnId} class="card">
              <div class="head">
                <h2>{schools.get(leadReturn.schoolId) ?? leadReturn.schoolId}</h2>
                <Link to={`/leads/${leadReturn.leadId}`}>{returnsText.viewLead}</Link>
              </div>
              <ReturnSummary leadReturn={leadReturn} />
              {leadReturn.state === 'requested' && <DecideReturn leadReturn={leadReturn} onDone={reload} />}
            </li>
          ))}
        </ul>
        {more}
      </section>
    </>
  )
}

const choices = returnState.options.map((value) => ({ value, label: statusLabels.return[value].label }))
