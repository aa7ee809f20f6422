import { type RecordKind, records } from '#shared/contract/catalog/records.ts'
import { Action } from '../../app/action.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { Loading, ProblemNote } from '../../app/components/note.tsx'
import { formatNumber } from '../../app/format.ts'
import { Allowed } from '../../app/people/allowed.tsx'
import { Link, navigate } from '../../app/router.tsx'
import { formatActor } from '../access/format-actor.ts'
import { historyText } from '../text/audit-text.ts'
import { editorText, recordTexts } from '../text/records/record-text.ts'
import { useNames } from './names.tsx'
import { RecordAside } from './record-aside.tsx'
import { RecordForm } from './record-form.tsx'
import { getRecordTitle, listSections } from './record-forms.ts'
import { useRecord } from './use-record.ts'

type Props = { kind: RecordKind; id?: string }

/** One record with all its fields. A saved change applies from the next visitor on. */
export function RecordPage({ kind, id }: Props) {
  const { singular, plural } = recordTexts[kind]
  const editor = useRecord(kind, id)
  const { draft, record, problem, state, secret } = editor.editing
  const schools = useNames('schools')
  const backLink = (
    <p>
      <Link to={`/${kind}`}>{editorText.allRecords(plural)}</Link>
    </p>
  )
  if (state === 'loading')
    return problem ? (
      <>
        {backLink}
        <ProblemNote problem={problem} retry={() => void editor.load()} />
      </>
    ) : (
      <Loading />
    )
  return (
    <>
      {backLink}
      <div class="head">
        <h1>{record ? getRecordTitle(kind, record.id, record.body) : editorText.newRecord(singular)}</h1>
        {record && (
          <span class="help">
            <span class="id">{record.id}</span>
            {record.generation && ` (${editorText.generation(formatNumber(record.generation))})`},{' '}
            {editorText.version(formatNumber(record.version))},{' '}
            {record.updatedBy
              ? historyText.lastChangedBy(formatActor(record.updatedBy, { schools }))
              : historyText.lastChanged}{' '}
            <Instant at={record.updatedAt} />.{' '}
            <Link to={`/${kind}/${encodeURIComponent(record.id)}/history`}>{historyText.link}</Link>
          </span>
        )}
      </div>
      <RecordForm
        kind={kind}
        id={id}
        editor={editor}
        sections={listSections(kind)}
        onSaved={(savedId) => id === undefined && navigate(`/${kind}/${encodeURIComponent(savedId)}`)}
        aside={record && <RecordAside kind={kind} record={record} draft={draft} secret={secret} />}
      />
      {record && (
        <Allowed to={records[kind].delete}>
          <Action
            kind="danger"
            run={editor.remove}
            onDone={() => navigate(`/${kind}`)}
            confirmation={{
              title: editorText.removeTitle(singular),
              text: editorText.removeHelp,
              confirmLabel: editorText.removeConfirm,
            }}
          >
            {editorText.remove(singular)}
          </Action>
        </Allowed>
      )}
    </>
  )
}
