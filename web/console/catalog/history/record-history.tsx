import { useMemo, useState } from 'preact/hooks'
import type * as z from 'zod'
import { listAudit } from '#shared/contract/access/audit.ts'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { ConfirmDialog } from '../../../app/components/confirm-dialog.tsx'
import { Instant } from '../../../app/components/instant.tsx'
import { Note, ProblemNote } from '../../../app/components/note.tsx'
import { TimelineEntry } from '../../../app/components/timeline.tsx'
import { formatNumber } from '../../../app/format.ts'
import { usePages } from '../../../app/hooks/use-pages.tsx'
import { Link } from '../../../app/router.tsx'
import { formatActor } from '../../access/format-actor.ts'
import { auditActionLabels, historyText } from '../../text/audit-text.ts'
import { recordFieldTexts, recordTexts } from '../../text/records/record-text.ts'
import { formatPointer } from '../field-faults.ts'
import type { JsonObject } from '../fields/json.ts'
import { useNames } from '../names.tsx'
import { getRecordTitle } from '../record-forms.ts'
import { FieldChanges } from './field-changes.tsx'
import type { ValueContext } from './format-field-value.ts'
import { listFieldChanges } from './list-field-changes.ts'
import { listRecordChanges } from './list-record-changes.ts'
import { toRevertBody, toVersion } from './to-version.ts'
import { type RevertOutcome, useRevert } from './use-revert.ts'

type Props = { kind: RecordKind; id: string }
type Entry = z.output<(typeof listAudit.responses)[200]['body']>['entries'][number]
/** Creation lists every field; longer lists are folded. */
const maxOpenChanges = 8

/** Who changed a record, when, and what; an earlier version can be restored. */
export function RecordHistory({ kind, id }: Props) {
  const [target, setTarget] = useState<Entry>()
  const { rows, more, note, reload } = usePages(
    [kind, id],
    (call, page) => call(listAudit, { query: { record: `${kind}/${id}`, ...page } }),
    ({ body }) => body.entries,
  )
  const { current, outcome, revert } = useRevert({ kind, id, onReload: reload })
  const context: ValueContext = {
    texts: recordFieldTexts[kind],
    names: {
      schools: useNames('schools'),
      programs: useNames('programs'),
      campaigns: useNames('campaigns'),
      careers: useNames('careers'),
    },
  }
  const record = current.state === 'found' ? current.record : undefined
  const versions = useMemo(
    () => new Map(rows.map((entry) => [entry.entryId, record && planRevert(kind, entry, record.body)])),
    [rows, record],
  )
  const plan = target && versions.get(target.entryId)
  return (
    <>
      <p>
        <Link to={`/${kind}/${encodeURIComponent(id)}`}>{historyText.back(recordTexts[kind].singular)}</Link>
      </p>
      <h1>{historyText.title(record ? getRecordTitle(kind, id, record.body) : id)}</h1>
      {current.state === 'deleted' && <Note>{historyText.deleted}</Note>}
      {current.state === 'failed' && <ProblemNote problem={current.problem} />}
      {outcome && <RevertResult outcome={outcome} context={context} />}
      {note ??
        (rows.length === 0 ? (
          <p class="card empty">{historyText.empty}</p>
        ) : (
          <ol class="timeline" aria-label={historyText.list}>
            {rows.map((entry) => (
              <HistoryEntry
                key={entry.entryId}
                kind={kind}
                entry={entry}
                context={context}
                plan={versions.get(entry.entryId)}
                onRevert={() => setTarget(entry)}
              />
            ))}
          </ol>
        ))}
      {more}
      <ConfirmDialog
        isOpen={target !== undefined}
        title={historyText.revertTitle}
        confirmLabel={historyText.revertConfirm}
        text={
          plan && (
            <>
              <p>{historyText.revertHelp}</p>
              <FieldChanges changes={plan.changes} context={context} />
              <p class="help">{historyText.revertNote}</p>
            </>
          )
        }
        onConfirm={() => target && plan && void revert(plan.body, target.at)}
        onClose={() => setTarget(undefined)}
      />
    </>
  )
}

type RevertPlan = { body: JsonObject; changes: ReturnType<typeof listFieldChanges>; isMoved: boolean }

/** What restoring the version of an entry would write. Undefined if the entry has no whole version. */
function planRevert(kind: RecordKind, { action, after }: Entry, current: JsonObject): RevertPlan | undefined {
  if (!versionActions.has(action)) return undefined
  const body = toRevertBody(toVersion(kind, after), current)
  return { body, changes: listFieldChanges(current, body), isMoved: body.schoolId !== current.schoolId }
}

/** The actions whose entries hold the whole record. */
const versionActions: ReadonlySet<Entry['action']> = new Set([
  'record.created',
  'record.changed',
  'campaign.changed-by-school',
  'campaign.paused',
  'campaign.resumed',
])

type EntryProps = {
  kind: RecordKind
  entry: Entry
  context: ValueContext
  plan: RevertPlan | undefined
  onRevert: () => void
}

function HistoryEntry({ entry, context, plan, onRevert }: EntryProps) {
  const changes = listRecordChanges(entry)
  const fields = <FieldChanges changes={changes} context={context} />
  return (
    <TimelineEntry title={auditActionLabels[entry.action]} at={entry.at}>
      <p>
        {historyText.by} {formatActor(entry.actor, context.names)}
      </p>
      {changes.length === 0 ? (
        <p class="help">{historyText.noChanges}</p>
      ) : changes.length > maxOpenChanges ? (
        <details>
          <summary>{historyText.allValues(formatNumber(changes.length))}</summary>
          {fields}
        </details>
      ) : (
        fields
      )}
      {plan?.isMoved && <p class="help">{historyText.moved}</p>}
      {plan && !plan.isMoved && plan.changes.length === 0 && <p class="help">{historyText.current}</p>}
      {plan && !plan.isMoved && plan.changes.length > 0 && (
        <button type="button" class="button second" onClick={onRevert}>
          {historyText.revert}
        </button>
      )}
    </TimelineEntry>
  )
}

function RevertResult({ outcome, context }: { outcome: RevertOutcome; context: ValueContext }) {
  switch (outcome.kind) {
    case 'reverted':
      return (
        <Note kind="good">
          {historyText.reverted} <Instant at={outcome.at} />.
        </Note>
      )
    case 'conflict':
      return <Note kind="bad">{historyText.conflict}</Note>
    case 'refused':
      return (
        <Note kind="bad">
          {historyText.refused}
          <ul>
            {outcome.faults.map(({ pointer, message }) => (
              <li key={pointer}>
                {formatPointer(pointer, context.texts)}: {message}
              </li>
            ))}
          </ul>
        </Note>
      )
    case 'failed':
      return <ProblemNote problem={outcome.problem} />
  }
}
