import { listAudit } from '#shared/contract/access/audit.ts'
import { auditActions } from '#shared/domain/access/audit-actions.ts'
import { shiftDay } from '#shared/domain/time.ts'
import { Field, Select } from '../../../app/components/field.tsx'
import { appText } from '../../../app/text/app-text.ts'
import { toDayStart } from '../../../app/time-zone.ts'
import { auditActionLabels, auditText } from '../../text/audit-text.ts'

type Props = {
  query: URLSearchParams
  change: (changes: { [name: string]: string | undefined }) => void
  isFiltered: boolean
}

const { filters } = auditText

/** The filters of the audit. They are in the address, so that a filtered list can be shared. */
export function AuditFilters({ query, change, isFiltered }: Props) {
  const inputProps = (name: FilterName) => ({
    label: filters[name],
    value: query.get(name) ?? '',
    onChange: (event: { currentTarget: HTMLInputElement }) => change({ [name]: event.currentTarget.value.trim() }),
  })
  return (
    <div class="filters">
      <Field {...inputProps('actor')} help={filters.actorHelp} maxLength={200} autocomplete="off" />
      <Field {...inputProps('record')} help={filters.recordHelp} maxLength={200} autocomplete="off" />
      <Select
        label={filters.action}
        choices={actionChoices}
        value={query.get('action') ?? ''}
        onChange={(event) => change({ action: event.currentTarget.value })}
      />
      <Field {...inputProps('from')} type="date" />
      <Field {...inputProps('to')} type="date" />
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

/** The first or last instant of a day in the zone of the app; other filters as they are. */
function toEndOfDay(name: FilterName, value: string): string {
  if (name === 'from') return toDayStart(value)
  if (name !== 'to') return value
  return new Date(Date.parse(toDayStart(shiftDay(value, 1))) - 1).toISOString()
}

/** Reads the filters from the address and ignores invalid ones. */
export function parseAuditFilter(query: URLSearchParams): { [name in FilterName]?: string } {
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = listAudit.query.shape[name].safeParse(query.get(name) ?? undefined).data
      return value === undefined ? [] : [[name, toEndOfDay(name, value)]]
    }),
  )
}
