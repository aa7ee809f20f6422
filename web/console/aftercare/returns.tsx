import './returns.css'
import { useState } from 'preact/hooks'
import { listReturns } from '#shared/contract/aftercare/returns.ts'
import { type LeadReturn, returnState } from '#shared/domain/aftercare/lead-return.ts'
import { Select } from '../../app/components/field.tsx'
import { Note, ProblemNote } from '../../app/components/note.tsx'
import { ReturnSummary } from '../../app/components/return-summary.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { statusLabels } from '../../app/text/status-labels.ts'
import { useNames } from '../catalog/names.tsx'
import { bulkReturnsText, returnsText } from '../text/aftercare-text.ts'
import { DecideMany, type DecisionResult } from './decide-many.tsx'
import { DecideReturn } from './decide-return.tsx'
import { ReturnExport } from './return-export.tsx'

/** The credit requests of schools, by status. */
export function Returns() {
  const [query, change] = useQuery()
  const schools = useNames('schools')
  const state = returnState.safeParse(query.get('state')).data ?? 'requested'
  // A decided row stays in its place, so that no other row moves under the pointer.
  const [decidedReturns, setDecidedReturns] = useState<ReadonlyMap<string, LeadReturn>>(new Map())
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set())
  const [refusals, setRefusals] = useState<ReadonlyMap<string, ApiProblem>>(new Map())
  const { rows, more, note } = usePages(
    [state],
    (call, page) => call(listReturns, { query: { state, ...page } }),
    ({ body }) => body.returns,
  )
  const shownReturns: LeadReturn[] = rows.map((row) => ({ ...row, ...decidedReturns.get(row.returnId) }))
  const pending = shownReturns.filter((one) => one.state === 'requested')
  const selected = pending.filter(({ deliveryId }) => selectedIds.has(deliveryId))
  const recordResults = (results: readonly DecisionResult[]) => {
    const decided = results.flatMap((one) => one.return ?? [])
    setDecidedReturns((others) => new Map([...others, ...decided.map((one) => [one.returnId, one] as const)]))
    setRefusals(
      new Map(results.flatMap(({ deliveryId, code }) => (code === undefined ? [] : [[deliveryId, { code }]]))),
    )
    setSelectedIds(new Set())
  }
  const toggle = (deliveryId: string, isSelected: boolean) =>
    setSelectedIds((ids) => new Set(isSelected ? [...ids, deliveryId] : [...ids].filter((id) => id !== deliveryId)))
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
        <ReturnExport key={state} state={state} />
      </div>
      <DecideMany key={`many ${state}`} selected={selected} onDone={recordResults} />
      {pending.length > 1 && (
        <label class="check">
          <input
            type="checkbox"
            checked={selected.length === pending.length}
            onChange={(event) =>
              setSelectedIds(new Set(event.currentTarget.checked ? pending.map(({ deliveryId }) => deliveryId) : []))
            }
          />{' '}
          {bulkReturnsText.selectAll}
        </label>
      )}
      <section aria-label={returnsText.title} aria-live="polite">
        {note ?? (rows.length === 0 && <p class="empty">{returnsText.empty[state]}</p>)}
        <ul class="returns">
          {shownReturns.map((leadReturn) => (
            <li key={leadReturn.returnId} class="card">
              <div class="head">
                {leadReturn.state === 'requested' && (
                  <input
                    type="checkbox"
                    aria-label={bulkReturnsText.select(schools.get(leadReturn.schoolId) ?? leadReturn.schoolId)}
                    checked={selectedIds.has(leadReturn.deliveryId)}
                    onChange={(event) => toggle(leadReturn.deliveryId, event.currentTarget.checked)}
                  />
                )}
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
              <RowProblem problem={refusals.get(leadReturn.deliveryId)} />
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

function RowProblem({ problem }: { problem: ApiProblem | undefined }) {
  return problem ? <ProblemNote problem={problem} /> : null
}

const choices = returnState.options.map((value) => ({ value, label: statusLabels.return[value].label }))
