import './field-changes.css'
import { isDigest } from '#shared/domain/access/audit-entry.ts'
import { changesText } from '../../text/audit-text.ts'
import type { Json } from '../fields/json.ts'
import { formatFieldLabel, formatFieldValue, type ValueContext } from './format-field-value.ts'
import type { FieldChange } from './list-field-changes.ts'

type Props = { changes: readonly FieldChange[]; context: ValueContext }

/** What differs between two versions, field by field, as old and new value. */
export function FieldChanges({ changes, context }: Props) {
  return (
    <dl class="changes">
      {changes.map((change) => (
        <div key={change.pointer}>
          <dt>{formatFieldLabel(change.pointer, context.texts)}</dt>
          <dd>
            <ChangedValues change={change} context={context} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function ChangedValues({ change, context }: { change: FieldChange; context: ValueContext }) {
  const format = (value: Json | undefined) => formatFieldValue(value, change.pointer, context)
  if (change.kind === 'value') {
    const { before, after } = change
    if (isDigest(before) || isDigest(after)) return <>{changesText.hidden}</>
    return (
      <>
        <OldValue label={changesText.before}>{format(before)}</OldValue>{' '}
        <NewValue label={changesText.after}>{format(after)}</NewValue>
      </>
    )
  }
  const { added, removed } = change
  if (added.length === 0 && removed.length === 0) return <>{changesText.reordered}</>
  return (
    <>
      {removed.length > 0 && <OldValue label={changesText.removed}>{format(removed)}</OldValue>}{' '}
      {added.length > 0 && <NewValue label={changesText.added}>{format(added)}</NewValue>}
    </>
  )
}

function OldValue({ label, children }: { label: string; children: string }) {
  return (
    <span>
      <span class="help">{label}</span> <del>{children}</del>
    </span>
  )
}

function NewValue({ label, children }: { label: string; children: string }) {
  return (
    <span>
      <span class="help">{label}</span> <ins>{children}</ins>
    </span>
  )
}
