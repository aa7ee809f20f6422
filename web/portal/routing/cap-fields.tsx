import { cap } from '#shared/domain/routing/cap.ts'
import { Field, Select } from '../../app/components/field.tsx'
import type { CapDraft } from './cap-drafts.ts'

type Props = {
  number: number
  draft: CapDraft
  faults: { limit: string | undefined; period: string | undefined }
  onChange: (draft: CapDraft) => void
  onRemove: () => void
}

/** One cap: how many, of what, in which time, and what happens to the rest. */
export function CapFields({ number, draft, faults, onChange, onRemove }: Props) {
  const { settings, limit } = draft
  const change = (changed: Partial<CapDraft['settings']>) =>
    onChange({ ...draft, settings: { ...settings, ...changed } })
  return (
    <fieldset class="cap">
      <legend>Cap {number}</legend>
      <div class="pair">
        <Field
          label="At most"
          inputMode="decimal"
          autocomplete="off"
          value={limit}
          fault={faults.limit}
          onInput={(event) => onChange({ ...draft, limit: event.currentTarget.value })}
        />
        <Select
          label="Of"
          choices={unitChoices}
          value={settings.unit}
          onChange={(event) => change({ unit: cap.shape.unit.parse(event.currentTarget.value) })}
        />
        <Select
          label="In"
          choices={periodChoices}
          value={settings.period}
          fault={faults.period}
          onChange={(event) => change({ period: cap.shape.period.parse(event.currentTarget.value) })}
        />
        {typeof settings.onReached === 'string' && (
          <Select
            label="Once it is full"
            choices={reachedChoices}
            value={settings.onReached}
            onChange={(event) => change({ onReached: cap.shape.onReached.parse(event.currentTarget.value) })}
          />
        )}
      </div>
      {typeof settings.onReached === 'object' && (
        <p class="help">Once it is full, your campaign {settings.onReached.fallback} stands in.</p>
      )}
      {settings.rules && <p class="help">It counts some leads only, as was agreed with whoever sends you leads.</p>}
      <button type="button" class="plain add" onClick={onRemove}>
        Take cap {number} away
      </button>
    </fieldset>
  )
}

const unitChoices = [
  { value: 'leads', label: 'leads' },
  { value: 'cents', label: 'dollars' },
]
const periodChoices = [
  { value: 'hour', label: 'an hour' },
  { value: 'day', label: 'a day' },
  { value: 'week', label: 'a week' },
  { value: 'month', label: 'a month' },
  { value: 'total', label: 'all, ever' },
]
const reachedChoices = [
  { value: 'skip', label: 'no lead comes' },
  { value: 'park', label: 'leads wait until then' },
]
