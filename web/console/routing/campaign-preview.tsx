import { useState } from 'preact/hooks'
import type * as z from 'zod'
import type { simulateCampaigns } from '#shared/contract/routing/simulation.ts'
import type { SimulationResult } from '#shared/domain/routing/simulation-result.ts'
import { addDays } from '#shared/domain/time.ts'
import { type BrowserClient, captureProblem, useApi } from '../../app/browser-client.tsx'
import { Select } from '../../app/components/field.tsx'
import { formatMoney, formatNumber } from '../../app/components/format.tsx'
import { Note } from '../../app/components/note.tsx'
import { Table } from '../../app/components/table.tsx'
import { useEditor } from '../catalog/editor-context.ts'
import { type JsonObject, toText } from '../catalog/fields/json.ts'
import { getToday } from '../reporting/get-today.ts'
import { addSimulationPage, type SimulationComparison } from './add-simulation-page.ts'
import { explainReason } from './explain-reason.ts'

type PreviewState = { pages?: SimulationComparison; fault?: string }
const spans = [
  { value: '1', label: 'yesterday’s leads' },
  { value: '0', label: 'today’s leads' },
  { value: '7', label: 'the leads of seven days' },
]

/** Who would have taken past leads, with this campaign as it stands in the form. */
export function CampaignPreview({ id, draft }: { id: string; draft: JsonObject }) {
  const { call } = useApi()
  const [span, setSpan] = useState('1')
  const [{ pages, fault }, setPreview] = useState<PreviewState>({})
  const [isRunning, setRunning] = useState(false)
  const run = async () => {
    setRunning(true)
    setPreview({})
    const today = getToday()
    const days = Number(span)
    const to = addDays(today, days === 0 ? 1 : 0)
    const from = addDays(today, -days)
    setPreview(
      await runSimulation(call, { from, to, draft: { campaigns: [{ ...draft, id }] } }, (pages) =>
        setPreview({ pages }),
      ),
    )
    setRunning(false)
  }
  return (
    <section class="card" aria-label="Preview">
      <h2>Who would have taken …</h2>
      <Select
        label="Leads"
        choices={spans}
        value={span}
        onChange={({ currentTarget }) => setSpan(currentTarget.value)}
      />
      <button type="button" class="button second" disabled={isRunning} onClick={() => void run()}>
        Preview
      </button>
      <p class="help">With the campaign as it stands in the form. Nothing is written or sent.</p>
      {fault && <Note kind="bad">{fault}</Note>}
      <div aria-live="polite">
        {pages && <Comparison pages={pages} isRunning={isRunning} schoolId={toText(draft.schoolId)} />}
      </div>
    </section>
  )
}

type ComparisonProps = { pages: SimulationComparison; isRunning: boolean; schoolId: string }

/** Each school's leads before and after; first the one whose campaign it is. */
function Comparison({ pages: { before, after }, isRunning, schoolId }: ComparisonProps) {
  const { names } = useEditor()
  if (before.leads === 0) return <p class="empty">{isRunning ? 'Looking …' : 'No lead came then.'}</p>
  const ids = [...new Set([schoolId, ...Object.keys(before.schools), ...Object.keys(after.schools)])]
  const rows = ids.map((id) => ({ id, beforeTotals: before.schools[id], afterTotals: after.schools[id] }))
  const refusals = Object.entries(after.refusals).sort(([, one], [, other]) => other - one)
  return (
    <>
      <p role="status">
        {isRunning ? 'So far, ' : ''}
        {formatNumber(before.leads)} leads: {formatNumber(countSelected(before))} were taken,{' '}
        {formatNumber(countSelected(after))} would have been.
      </p>
      <Table
        caption="Leads and revenue by school, before and after"
        columns={[
          { head: 'School', cell: ({ id }) => names.schools.get(id) ?? id },
          { head: 'Was', kind: 'number', cell: ({ beforeTotals }) => renderTotals(beforeTotals) },
          { head: 'Would be', kind: 'number', cell: ({ afterTotals }) => renderTotals(afterTotals) },
        ]}
        rows={rows}
        getRowKey={({ id }) => id}
        emptyMessage="Nobody took one, and nobody would have."
      />
      <details>
        <summary>Why campaigns would have been passed over</summary>
        <ul class="plainly">
          {refusals.map(([code, count]) => (
            <li key={code}>
              {formatNumber(count)} × <code>{code}</code> {explainReason(code).description}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function countSelected({ leads, unmatched }: SimulationResult): number {
  return leads - unmatched
}

function renderTotals(school: SimulationResult['schools'][string] | undefined) {
  return (
    <>
      {formatNumber(school?.leads ?? 0)}
      <br />
      <span class="help">{formatMoney(school?.revenueCents ?? 0)}</span>
    </>
  )
}

type SimulationRequest = Omit<z.input<(typeof simulateCampaigns)['body']>, 'draft'> & { draft: object }
/** Page after page, adding up. */
async function runSimulation(
  call: BrowserClient,
  request: SimulationRequest,
  onProgress: (pages: SimulationComparison) => void,
): Promise<PreviewState> {
  let pages: SimulationComparison | undefined
  let cursor: string | undefined
  do {
    const outcome = await captureProblem(() =>
      addSimulationPage(call, { ...request, ...(cursor && { cursor }) }, pages),
    )
    if (outcome.problem) return { ...(pages && { pages }), fault: outcome.problem.detail ?? outcome.problem.title }
    pages = outcome.body.pages
    cursor = outcome.body.next
    onProgress(pages)
  } while (cursor)
  return { pages }
}
