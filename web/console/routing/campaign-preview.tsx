import { useState } from 'preact/hooks'
import type * as z from 'zod'
import type { simulateCampaigns } from '#shared/contract/routing/simulation.ts'
import type { Result } from '#shared/domain/routing/simulation-result.ts'
import { type Call, outcomeOf, useApi } from '../../app/api.tsx'
import { Select } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { Table } from '../../app/components/table.tsx'
import { money, number } from '../../app/components/words.tsx'
import { useEditor } from '../catalog/editor-context.ts'
import { type JsonObject, textOf } from '../catalog/fields/json.ts'
import { explainedReason } from './reason-mends.ts'
import { addPages, type Pages } from './simulation-pages.ts'

type Found = { pages?: Pages; fault?: string }
const dayMs = 86_400_000
const spans = [
  { value: '1', label: 'yesterday’s leads' },
  { value: '0', label: 'today’s leads' },
  { value: '7', label: 'the leads of seven days' },
]

/** Who would have taken past leads, with this campaign as it stands in the form. */
export function CampaignPreview({ id, draft }: { id: string; draft: JsonObject }) {
  const { call } = useApi()
  const [span, setSpan] = useState('1')
  const [{ pages, fault }, setFound] = useState<Found>({})
  const [isRunning, setRunning] = useState(false)
  const run = async () => {
    setRunning(true)
    setFound({})
    const today = Math.floor(Date.now() / dayMs) * dayMs
    const days = Number(span)
    const to = new Date(days === 0 ? today + dayMs : today).toISOString()
    const from = new Date(today - days * dayMs).toISOString()
    setFound(
      await simulated(call, { from, to, draft: { campaigns: [{ ...draft, id }] } }, (pages) => setFound({ pages })),
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
        {pages && <Before pages={pages} isRunning={isRunning} schoolId={textOf(draft.schoolId)} />}
      </div>
    </section>
  )
}

type BeforeProps = { pages: Pages; isRunning: boolean; schoolId: string }

/** Each school's leads before and after; first the one whose campaign it is. */
function Before({ pages: { before, after }, isRunning, schoolId }: BeforeProps) {
  const { named } = useEditor()
  if (before.leads === 0) return <p class="empty">{isRunning ? 'Looking …' : 'No lead came then.'}</p>
  const ids = [...new Set([schoolId, ...Object.keys(before.schools), ...Object.keys(after.schools)])]
  const rows = ids.map((id) => ({ id, was: before.schools[id], is: after.schools[id] }))
  const refusals = Object.entries(after.refusals).sort(([, one], [, other]) => other - one)
  return (
    <>
      <p role="status">
        {isRunning ? 'So far, ' : ''}
        {number(before.leads)} leads: {number(taken(before))} were taken, {number(taken(after))} would have been.
      </p>
      <Table
        caption="Leads and revenue by school, before and after"
        columns={[
          { head: 'School', cell: ({ id }) => named.schools.get(id) ?? id },
          { head: 'Was', kind: 'number', cell: ({ was }) => told(was) },
          { head: 'Would be', kind: 'number', cell: ({ is }) => told(is) },
        ]}
        rows={rows}
        keyOf={({ id }) => id}
        empty="Nobody took one, and nobody would have."
      />
      <details>
        <summary>Why campaigns would have been passed over</summary>
        <ul class="plainly">
          {refusals.map(([code, count]) => (
            <li key={code}>
              {number(count)} × <code>{code}</code> {explainedReason(code).says}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function taken({ leads, unmatched }: Result): number {
  return leads - unmatched
}

function told(school: Result['schools'][string] | undefined) {
  return (
    <>
      {number(school?.leads ?? 0)}
      <br />
      <span class="help">{money(school?.revenueCents ?? 0)}</span>
    </>
  )
}

type Asked = Omit<z.input<(typeof simulateCampaigns)['body']>, 'draft'> & { draft: object }
/** Page after page, adding up. */
async function simulated(call: Call, asked: Asked, show: (pages: Pages) => void): Promise<Found> {
  let pages: Pages | undefined
  let cursor: string | undefined
  do {
    const told = await outcomeOf(() => addPages(call, { ...asked, ...(cursor && { cursor }) }, pages))
    if (told.problem) return { ...(pages && { pages }), fault: told.problem.detail ?? told.problem.title }
    pages = told.body.pages
    cursor = told.body.next
    show(pages)
  } while (cursor)
  return { pages }
}
