import { formatInstant } from '../../../app/format.ts'
import { accessRequestText } from '../../text/access-request-text.ts'
import { toWords } from '../../to-words.ts'

/** A stored record with all its fields, by name and value. */
export function RecordTree({ value }: { value: unknown }) {
  if (Array.isArray(value)) {
    if (value.length === 0) return <>{accessRequestText.none}</>
    if (value.every((item) => typeof item !== 'object' || item === null))
      return <>{value.map(formatValue).join(', ')}</>
    return (
      <ol>
        {value.map((item, index) => (
          <li key={index}>
            <RecordTree value={item} />
          </li>
        ))}
      </ol>
    )
  }
  if (typeof value !== 'object' || value === null) return <>{formatValue(value)}</>
  const fields = Object.entries(value)
  if (fields.length === 0) return <>{accessRequestText.none}</>
  return (
    <dl class="details">
      {fields.flatMap(([name, content]) => [
        <dt key={name}>{toWords(name)}</dt>,
        <dd key={`${name} value`}>
          <RecordTree value={content} />
        </dd>,
      ])}
    </dl>
  )
}

function formatValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return accessRequestText.none
  if (typeof value === 'boolean') return value ? accessRequestText.yes : accessRequestText.no
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return formatInstant(value)
  return String(value)
}
