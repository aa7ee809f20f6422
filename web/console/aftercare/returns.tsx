import './returns.css'
import { useState } from 'preact/hooks'
import { listReturns } from '#shared/contract/aftercare/returns.ts'
import { type LeadReturn, returnState } from '#shared/domain/aftercare/lead-return.ts'
import { Select } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
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
  // A decided row stays in its place, so that no other row moves under the pointer.
  const [decidedReturns, setDecidedReturns] = useState<ReadonlyMap<string, LeadReturn>>(new Map())
  const { rows, more, note } = usePages(
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
          {rows
            .map((row) => ({ ...row, ...decidedReturns.get(row.returnId) }))
            .map((leadReturn) => (
              <li key={leadReturn.returnId} class="card">
                <div class="head">
                  <h2>{schools.get(leadReturn.schoolId) ?? leadReturn.schoolId}</h2>
                  <Link to={`/leads/${leadReturn.leadId}`}>{returnsText.viewLead}</Link>
                </div>
                <ReturnSummary leadReturn={leadReturn} />
                {leadReturn.state === 'requested' && (
                  <DecideReturn
                    leadReturn={leadReturn}
                    schoolName={schools.get(leadReturn.schoolId) ?? leadReturn.schoolId}
                    onDone={(decided) => setDecidedReturns((others) => new Map(others).set(decided.returnId, decided))}
                  />
                )}
                {decidedReturns.has(leadReturn.returnId) && (
                  <Note kind="good">{returnsText.decided[leadReturn.state]}</Note>
                )}
              </li>
            ))}
        </ul>
        {more}
      </section>
    </>
  )
}

const choices = returnState.options.map((value) => ({ value, label: statusLabels.return[value].label }))
