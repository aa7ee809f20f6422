import { useState } from 'preact/hooks'
import type * as z from 'zod'
import type { simulateCampaigns } from '#shared/contract/routing/simulation.ts'
import type { SimulationResult } from '#shared/domain/routing/simulation-result.ts'
import { shiftDay } from '#shared/domain/time.ts'
import { type BrowserClient, captureProblem, useApi } from '../../app/browser-client.tsx'
import { Select } from '../../app/components/field.tsx'
import { Loading, Note } from '../../app/components/note.tsx'
import { Table } from '../../app/components/table.tsx'
import { formatMoney, formatNumber } from '../../app/format.ts'
import { describeProblem } from '../../app/text/problem-text.ts'
import { getToday, toDayStart } from '../../app/time-zone.ts'
import { type JsonObject, toText } from '../catalog/fields/json.ts'
import { useNames } from '../catalog/names.tsx'
import { previewText } from '../text/routing-text.ts'
import { addSimulationPage, type SimulationComparison } from './add-simulation-page.ts'
import { explainReason } from './explain-reason.ts'

type PreviewState = { pages?: SimulationComparison; fault?: string }
/** By how many days before today they begin; 0 is today. */
const spanChoices = (['1', '0', '7'] as const).map((value) => ({ value, label: previewText.spans[value] }))

/** Simulates past leads with the campaign as edited in the form. */
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
    const to = toDayStart(shiftDay(today, days === 0 ? 1 : 0))
    const from = toDayStart(shiftDay(today, -days))
    setPreview(
      await runSimulation(call, { from, to, draft: { campaigns: [{ ...draft, id }] } }, (pages) =>
        setPreview({ pages }),
      ),
    )
    setRunning(false)
  }
  return (
    <section class="card" aria-label={previewText.region}>
      <h2>{previewText.title}</h2>
      <Select
        label={previewText.leads}
        choices={spanChoices}
        value={span}
        onChange={({ currentTarget }) => setSpan(currentTarget.value)}
      />
      <button type="button" class="button second" disabled={isRunning} onClick={() => void run()}>
        {previewText.run}
      </button>
      <p class="help">{previewText.help}</p>
      {fault && <Note kind="bad">{fault}</Note>}
      <div aria-live="polite">
        {pages && <Comparison pages={pages} isRunning={isRunning} schoolId={toText(draft.schoolId)} />}
      </div>
    </section>
  )
}

type ComparisonProps = { pages: SimulationComparison; isRunning: boolean; schoolId: string }

/** The leads of each school before and after. The school of the campaign comes first. */
function Comparison({ pages: { before, after }, isRunning, schoolId }: ComparisonProps) {
  const schools = useNames('schools')
  if (before.leads === 0) return isRunning ? <Loading /> : <p class="empty">{previewText.noLeads}</p>
  const summary = previewText.summary(
    formatNumber(before.leads),
    formatNumber(countSelected(before)),
    formatNumber(countSelected(after)),
  )
  const ids = [...new Set([schoolId, ...Object.keys(before.schools), ...Object.keys(after.schools)])]
  const rows = ids.map((id) => ({ id, beforeTotals: before.schools[id], afterTotals: after.schools[id] }))
  const refusals = Object.entries(after.refusals).sort(([, one], [, other]) => other - one)
  return (
    <>
      <p role="status">{isRunning ? previewText.soFar(summary) : summary}</p>
      <Table
        caption={previewText.caption}
        columns={[
          { head: previewText.columns.school, cell: ({ id }) => schools.get(id) ?? id },
          { head: previewText.columns.before, kind: 'number', cell: ({ beforeTotals }) => renderTotals(beforeTotals) },
          { head: previewText.columns.after, kind: 'number', cell: ({ afterTotals }) => renderTotals(afterTotals) },
        ]}
        rows={rows}
        getRowKey={({ id }) => id}
        emptyMessage={previewText.empty}
      />
      <details>
        <summary>{previewText.reasons}</summary>
        <ul class="bullets">
          {refusals.map(([code, count]) => (
            <li key={code}>{previewText.reason(formatNumber(count), explainReason(code).description)}</li>
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
/** Adds up the pages of a simulation and reports the sum after each page. */
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
    if (outcome.problem)
      return {
        ...(pages && { pages }),
        fault: outcome.problem.errors ? previewText.fault : describeProblem(outcome.problem),
      }
    pages = outcome.body.pages
    cursor = outcome.body.next
    onProgress(pages)
  } while (cursor)
  return { pages }
}
