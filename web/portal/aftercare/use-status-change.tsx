import { useEffect, useRef, useState } from 'preact/hooks'
import { recordDisposition, undoDisposition } from '#shared/contract/aftercare/dispositions.ts'
import { type DispositionWord, dispositionWord, undoSeconds } from '#shared/domain/aftercare/disposition.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Note, ProblemNote } from '../../app/components/note.tsx'
import { appText } from '../../app/text/app-text.ts'
import { dispositionLabels } from '../../app/text/lead-labels.ts'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { getLeadName } from '../capture/lead-columns.tsx'
import type { SchoolLead } from '../capture/school-lead.ts'
import { statusControlText } from '../text/statuses.ts'

type Change = (deliveryId: string, disposition: SchoolLead['disposition']) => void
type SavedStatus = { lead: SchoolLead; dispositionId: string; word: DispositionWord }

/** An opt-out withdraws consent at every school, so it is recorded on the page of the lead, after a question. */
const words = dispositionWord.exclude(['opted-out']).options

/**
 * Sets the status of a lead of a list in two clicks: `ask` opens the choices, and the choice is saved at once. For a minute it can
 * be undone. `elements` are the dialog and the message, to be put on the page.
 */
export function useStatusChange(change: Change) {
  const { call } = useApi()
  const [lead, ask] = useState<SchoolLead>()
  const [saved, setSaved] = useState<SavedStatus>()
  const [message, setMessage] = useState<string>()
  const [problem, setProblem] = useState<ApiProblem>()
  useEffect(() => {
    if (!saved) return
    const timer = setTimeout(() => setSaved(undefined), undoSeconds * 1000)
    return () => clearTimeout(timer)
  }, [saved])

  const save = async (target: SchoolLead, word: DispositionWord) => {
    setMessage(undefined)
    const { body, problem: fault } = await captureProblem(() =>
      call(recordDisposition, {
        params: { deliveryId: target.deliveryId },
        headers: { 'idempotency-key': crypto.randomUUID() },
        body: { disposition: word },
      }),
    )
    setProblem(fault)
    if (!body) return
    change(target.deliveryId, { disposition: body.disposition, at: body.at })
    setSaved({ lead: target, dispositionId: body.dispositionId, word })
  }

  const undo = async ({ lead: target, dispositionId }: SavedStatus) => {
    const params = { deliveryId: target.deliveryId, dispositionId }
    const { body, problem: fault } = await captureProblem(() => call(undoDisposition, { params }))
    setProblem(fault)
    if (!body) return
    setSaved(undefined)
    change(target.deliveryId, body.disposition)
    setMessage(statusControlText.undone(getLeadName(target)))
  }

  const elements = (
    <>
      {lead && <StatusDialog lead={lead} onChoose={(word) => void save(lead, word)} onClose={() => ask(undefined)} />}
      {problem && <ProblemNote problem={problem} />}
      {message && <Note kind="good">{message}</Note>}
      {saved && (
        <div class="note good undo" role="status">
          <span>{statusControlText.saved(getLeadName(saved.lead), dispositionLabels[saved.word].label)}</span>
          <span class="actions">
            <button type="button" class="button second" onClick={() => void undo(saved)}>
              {statusControlText.undo}
            </button>
            <button type="button" class="plain" onClick={() => setSaved(undefined)}>
              {statusControlText.dismiss}
            </button>
          </span>
        </div>
      )}
    </>
  )
  return { ask, elements }
}

type DialogProps = { lead: SchoolLead; onChoose: (word: DispositionWord) => void; onClose: () => void }

/** The choices as buttons, so that one press saves. */
function StatusDialog({ lead, onChoose, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const title = statusControlText.title(getLeadName(lead))
  return (
    <dialog ref={dialog} aria-label={title} onClose={onClose}>
      <form
        method="dialog"
        onSubmit={({ submitter }) => {
          const word = dispositionWord.safeParse(submitter?.getAttribute('value')).data
          if (word) onChoose(word)
        }}
      >
        <h2>{title}</h2>
        <div class="choices">
          {words.map((word) => (
            <button key={word} type="submit" value={word} class="button second">
              <span>{dispositionLabels[word].label}</span>
              <small>{dispositionLabels[word].meaning}</small>
            </button>
          ))}
        </div>
        <p class="help">{statusControlText.optOutHelp}</p>
        <button type="submit" value="" class="plain">
          {appText.cancel}
        </button>
      </form>
    </dialog>
  )
}
