import './returns.css'
import { listReturns } from '#shared/contract/aftercare/returns.ts'
import { type ReturnState, returnState } from '#shared/domain/aftercare/lead-return.ts'
import { Select } from '../../app/components/field.tsx'
import { ReturnSummary } from '../../app/components/return-summary.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { useNames } from '../catalog/names.tsx'
import { DecideReturn } from './decide-return.tsx'

/** What schools want credit for, and what was said to that. */
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
      <h1>Returns</h1>
      <p>
        A school asks for credit for a lead that it took. Accepted, its caps and budgets get back what the lead took of
        them; refused, it reads why. What is decided stays.
      </p>
      <div class="filters">
        <Select
          label="State"
          choices={choices}
          value={state}
          onChange={(event) => change({ state: event.currentTarget.value })}
        />
      </div>
      <section aria-label="Returns" aria-live="polite">
        {note ?? (rows.length === 0 && <p class="empty">{emptyMessages[state]}</p>)}
        <ul class="returns">
          {rows.map((leadReturn) => (
            <li key={leadReturn.returnId} class="card">
              <div class="head">
                <h2>{schools.get(leadReturn.schoolId) ?? leadReturn.schoolId}</h2>
                <Link to={`/leads/${leadReturn.leadId}`}>Its lead</Link>
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

const choices = [
  { value: 'requested', label: 'Waiting' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'refused', label: 'Refused' },
]

const emptyMessages: { readonly [state in ReturnState]: string } = {
  requested: 'No return waits. Schools ask for credit in their portal, or by the API.',
  accepted: 'No return was accepted yet.',
  refused: 'No return was refused yet.',
}
