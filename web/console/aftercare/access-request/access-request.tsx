import './access-request.css'
import { useState } from 'preact/hooks'
import { Note } from '../../../app/components/note.tsx'
import { DetailList } from '../../../app/components/timeline.tsx'
import { downloadFile } from '../../../app/download-file.ts'
import { formatInstant, formatNumber } from '../../../app/format.ts'
import { accessRequestText } from '../../text/access-request-text.ts'
import { toWords } from '../../to-words.ts'
import { PrivacyTabs } from '../privacy-tabs.tsx'
import { type AccessAnswer, AccessRequestForm } from './access-request-form.tsx'
import { RecordTree } from './record-tree.tsx'

/** Everything that is stored about a person, as a page that prints as a document. */
export function AccessRequest() {
  const [answer, setAnswer] = useState<AccessAnswer>()
  return (
    <>
      <h1>{accessRequestText.title}</h1>
      <PrivacyTabs current="/access-request" />
      <p class="screen-only">{accessRequestText.intro}</p>
      <AccessRequestForm onAnswer={setAnswer} />
      {answer && <Answer answer={answer} />}
    </>
  )
}

function Answer({ answer }: { answer: AccessAnswer }) {
  const { answeredAt, records, proofs, removed, leftOut } = answer
  const sections = groupByKind(records)
  const isEmpty = records.length === 0 && proofs.length === 0
  return (
    <section class="document" aria-labelledby="answer">
      <div class="head">
        <h2 id="answer">{accessRequestText.answer}</h2>
        <div class="actions screen-only">
          <button type="button" class="button second" onClick={() => print()}>
            {accessRequestText.print}
          </button>
          <button
            type="button"
            class="button second"
            onClick={() =>
              downloadFile(JSON.stringify(answer, null, 2), accessRequestText.fileName, 'application/json')
            }
          >
            {accessRequestText.download}
          </button>
        </div>
      </div>
      <p role="status">
        {isEmpty
          ? accessRequestText.nothing
          : accessRequestText.summary(formatNumber(records.length), formatInstant(answeredAt))}
      </p>
      {removed.length > 0 && <Note kind="bad">{accessRequestText.removedProofs(removed.join(', '))}</Note>}
      {proofs.length > 0 && (
        <section class="card">
          <h3>{accessRequestText.proofs}</h3>
          {proofs.map((proof) => (
            <article key={proof.leadId}>
              <RecordTree value={proof} />
            </article>
          ))}
        </section>
      )}
      {sections.map(([kind, kindRecords]) => (
        <section key={kind} class="card">
          <h3>{accessRequestText.kinds[kind] ?? toWords(kind)}</h3>
          {kindRecords.map(({ data, leadId }, index) => (
            <article key={index}>
              <RecordTree value={leadId === undefined ? data : { leadId, ...data }} />
            </article>
          ))}
        </section>
      ))}
      <section class="card">
        <h3>{accessRequestText.leftOut}</h3>
        <DetailList items={leftOut.map(({ kind, why }) => [toWords(kind), why] as const)} />
      </section>
    </section>
  )
}

type StoredRecord = AccessAnswer['records'][number]

/** The sections in the order of the catalog of text; kinds that it does not name come last. */
function groupByKind(records: readonly StoredRecord[]): [kind: string, records: StoredRecord[]][] {
  const groups = Map.groupBy(records, ({ kind }) => kind)
  const order = Object.keys(accessRequestText.kinds)
  const rank = (kind: string) => (order.includes(kind) ? order.indexOf(kind) : order.length)
  return [...groups].toSorted(([one], [other]) => rank(one) - rank(other))
}
