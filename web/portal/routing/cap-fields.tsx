import { schoolCap } from '#shared/domain/routing/cap.ts'
import { Field, Select } from '../../app/components/field.tsx'
import { capsText } from '../text/campaigns.ts'
import type { CapDraft } from './cap-drafts.ts'

type Props = {
  number: number
  draft: CapDraft
  faults: { limit: string | undefined; period: string | undefined }
  onChange: (draft: CapDraft) => void
  onRemove: () => void
}

/** The fields of one cap: limit, unit, period, and what happens when it is reached. */
export function CapFields({ number, draft, faults, onChange, onRemove }: Props) {
  const { settings, limit } = draft
  const change = (changed: Partial<CapDraft['settings']>) =>
    onChange({ ...draft, settings: { ...settings, ...changed } })
  return (
    <fieldset class="cap">
      <legend>{capsText.cap(number)}</legend>
      <div class="pair">
        <Field
          label={capsText.limit}
          inputMode="decimal"
          autocomplete="off"
          value={limit}
          fault={faults.limit}
          onInput={(event) => onChange({ ...draft, limit: event.currentTarget.value })}
        />
        <Select
          label={capsText.unit}
          choices={unitChoices}
          value={settings.unit}
          onChange={(event) => change({ unit: schoolCap.shape.unit.parse(event.currentTarget.value) })}
        />
        <Select
          label={capsText.per}
          choices={periodChoices}
          value={settings.period}
          fault={faults.period}
          onChange={(event) => change({ period: schoolCap.shape.period.parse(event.currentTarget.value) })}
        />
        <Select
          label={capsText.whenReached}
          choices={reachedChoices}
          value={settings.onReached}
          onChange={(event) => change({ onReached: schoolCap.shape.onReached.parse(event.currentTarget.value) })}
        />
      </div>
      <button type="button" class="plain add" onClick={onRemove}>
        {capsText.remove(number)}
      </button>
    </fieldset>
  )
}

const unitChoices = toChoices(capsText.units)
const periodChoices = toChoices(capsText.periods)
const reachedChoices = toChoices(capsText.reached)

function toChoices(labels: { readonly [value: string]: string }) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}
