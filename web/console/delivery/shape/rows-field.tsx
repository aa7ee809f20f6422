import { useState } from 'preact/hooks'
import { Field } from '../../../app/components/field.tsx'
import type { JsonObject } from '../../catalog/fields/json.ts'
import { fromRows, type ShapeRow, toRows } from './shape-rows.ts'

type RowTexts = { name: string; value: string; add: string; remove: (name: string) => string }
type Props = {
  title: string
  help: string
  texts: RowTexts
  value: JsonObject
  change: (next: JsonObject) => void
  /** The ID of a list of suggestions for the values. */
  suggestions?: string
}

/** Names with their texts, one row each. Rows keep their place while their names are typed. */
export function RowsField({ title, help, texts, value, change, suggestions }: Props) {
  const [rows, setRows] = useState<readonly ShapeRow[]>(() => toRows(value))
  // Another save or an edit as JSON replaces the rows; what is typed here does not.
  const shownRows = JSON.stringify(fromRows(rows)) === JSON.stringify(value) ? rows : toRows(value)
  const write = (next: readonly ShapeRow[]) => {
    setRows(next)
    change(fromRows(next))
  }
  const setRow = (index: number, part: Partial<ShapeRow>) =>
    write(shownRows.map((row, position) => (position === index ? { ...row, ...part } : row)))
  return (
    <fieldset class="group">
      <legend>{title}</legend>
      <p class="help">{help}</p>
      {shownRows.map(({ name, text }, index) => (
        <div key={index} class="shape-row">
          <Field
            label={texts.name}
            autocomplete="off"
            spellcheck={false}
            value={name}
            onInput={({ currentTarget }) => setRow(index, { name: currentTarget.value })}
          />
          <Field
            label={texts.value}
            autocomplete="off"
            spellcheck={false}
            list={suggestions ?? ''}
            value={text}
            onInput={({ currentTarget }) => setRow(index, { text: currentTarget.value })}
          />
          <button
            type="button"
            class="plain"
            onClick={() => write(shownRows.filter((_, position) => position !== index))}
          >
            {texts.remove(name)}
          </button>
        </div>
      ))}
      <button type="button" class="button second" onClick={() => write([...shownRows, { name: '', text: '' }])}>
        {texts.add}
      </button>
    </fieldset>
  )
}
