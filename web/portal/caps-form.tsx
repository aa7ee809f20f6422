import { useState } from 'preact/hooks'
import { changeSchoolCampaign } from '#shared/contract/school-campaigns.ts'
import { type Cap, cap } from '#shared/domain/cap.ts'
import { outcomeOf, useApi } from '../app/api.tsx'
import { Field, Select } from '../app/field.tsx'
import { Note } from '../app/note.tsx'
import type { SchoolCampaign } from './campaign-card.tsx'

/** A cap while it is typed; all that is not shown here stays as it is. */
type Draft = { cap: Cap; limit: string }
const periods = cap.shape.period.options
const unitWords = { leads: 'leads', cents: 'dollars' }

/** Changes how much comes. What has come already counts. */
export function CapsForm({ campaign: { id, version, caps }, saved }: { campaign: SchoolCampaign; saved: () => void }) {
  const { call } = useApi()
  const [drafts, setDrafts] = useState(caps.map((one): Draft => ({ cap: one, limit: limitText(one) })))
  const [fault, setFault] = useState<string>()
  const change = (at: number, next: Draft) => setDrafts(drafts.with(at, next))
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const wanted = drafts.map(({ cap: one, limit }) => ({ ...one, limit: limitOf(one, limit) }))
    if (wanted.some(({ limit }) => !Number.isInteger(limit) || limit < 0))
      return setFault('Each limit must be a number, such as 25.')
    const { problem } = await outcomeOf(() =>
      call(changeSchoolCampaign, {
        params: { id },
        headers: { 'if-match': `"${version}"` },
        body: { caps: wanted },
      }),
    )
    if (!problem) return saved()
    const first = 'errors' in problem ? problem.errors?.[0]?.detail : undefined
    setFault(
      'code' in problem && problem.code === 'VERSION_CONFLICT'
        ? 'Somebody else has changed it meanwhile. Open the page again to see what stands.'
        : (first ?? problem.detail ?? problem.title),
    )
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {drafts.map(({ cap: one, limit }, at) => (
        <div class="cap" key={at}>
          <Field
            label={`Limit ${at + 1}`}
            inputMode="numeric"
            value={limit}
            onInput={({ currentTarget }) => change(at, { cap: one, limit: currentTarget.value })}
          />
          <Select
            label={`Of ${at + 1}`}
            choices={cap.shape.unit.unwrap().options.map((value) => ({ value, label: unitWords[value] }))}
            value={one.unit}
            onChange={({ currentTarget }) =>
              change(at, { cap: { ...one, unit: currentTarget.value === 'cents' ? 'cents' : 'leads' }, limit })
            }
          />
          <Select
            label={`Per ${at + 1}`}
            choices={periods.map((value) => ({ value, label: value === 'total' ? 'in total' : value }))}
            value={one.period}
            onChange={({ currentTarget }) =>
              change(at, {
                cap: { ...one, period: periods.find((period) => period === currentTarget.value) ?? one.period },
                limit,
              })
            }
          />
          <button type="button" class="plain" onClick={() => setDrafts(drafts.toSpliced(at, 1))}>
            Remove cap {at + 1}
          </button>
        </div>
      ))}
      {fault && <Note kind="bad">{fault}</Note>}
      <div class="actions">
        <button
          type="button"
          class="plain"
          onClick={() => setDrafts([...drafts, { cap: cap.parse({ period: 'day', limit: 0 }), limit: '' }])}
        >
          Add a cap
        </button>
        <button type="submit" class="button">
          Save caps
        </button>
      </div>
    </form>
  )
}

function limitText({ unit, limit }: Cap): string {
  return String(unit === 'cents' ? limit / 100 : limit)
}

function limitOf({ unit }: Cap, text: string): number {
  if (text.trim() === '') return Number.NaN
  return unit === 'cents' ? Math.round(Number(text) * 100) : Number(text)
}
