import { listAudit } from '#shared/contract/access/audit.ts'
import { auditActions } from '#shared/domain/access/audit-actions.ts'
import { Field, Select } from '../../../app/components/field.tsx'
import { appText } from '../../../app/text/app-text.ts'
import { auditActionLabels, auditText } from '../../text/audit-text.ts'

type Props = {
  query: URLSearchParams
  change: (changes: { [name: string]: string | undefined }) => void
  isFiltered: boolean
}

const { filters } = auditText

/** The filters of the audit. They are in the address, so that a filtered list can be shared. */
export function AuditFilters({ query, change, isFiltered }: Props) {
  const renderField = (name: FilterName, type: 'text' | 'date', help?: string) => (
    <Field
      label={filters[name]}
      help={help}
      type={type}
      autocomplete="off"
      maxLength={200}
      value={query.get(name) ?? ''}
      onChange={(event) => change({ [name]: event.currentTarget.value.trim() })}
    />
  )
  return (
    <div class="filters">
      {renderField('actor', 'text', filters.actorHelp)}
      {renderField('record', 'text', filters.recordHelp)}
      <Select
        label={filters.action}
        choices={actionChoices}
        value={query.get('action') ?? ''}
        onChange={(event) => change({ action: event.currentTarget.value })}
      />
      {renderField('from', 'date', auditText.daysHelp)}
      {renderField('to', 'date', auditText.daysHelp)}
      {isFiltered && (
        <button
          type="button"
          class="plain"
          onClick={() => change(Object.fromEntries(filterNames.map((name) => [name, undefined])))}
        >
          {auditText.clear}
        </button>
      )}
    </div>
  )
}

const filterNames = ['actor', 'record', 'action', 'from', 'to'] as const
type FilterName = (typeof filterNames)[number]

const actionChoices = [
  { value: '', label: appText.all },
  ...auditActions
    .map((value) => ({ value, label: auditActionLabels[value] }))
    .toSorted((one, other) => one.label.localeCompare(other.label)),
]

/** Reads the filters from the address and ignores invalid ones. */
export function parseAuditFilter(query: URLSearchParams): { [name in FilterName]?: string } {
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = listAudit.query.shape[name].safeParse(query.get(name) ?? undefined).data
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
