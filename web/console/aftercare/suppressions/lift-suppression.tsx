import { useRef, useState } from 'preact/hooks'
import { liftSuppression } from '#shared/contract/aftercare/suppressions.ts'
import type { Suppression } from '#shared/domain/aftercare/suppression.ts'
import { captureProblem, useApi } from '../../../app/browser-client.tsx'
import { Field } from '../../../app/components/field.tsx'
import { ProblemNote } from '../../../app/components/note.tsx'
import { useIsAllowed } from '../../../app/people/allowed.tsx'
import { appText } from '../../../app/text/app-text.ts'
import type { ApiProblem } from '../../../app/text/problem-text.ts'
import { suppressionsText } from '../../text/privacy-text.ts'

type Props = { suppressionId: string; onLifted: (lifted: Suppression) => void }

/** Lifts a suppression after a question that needs a reason. */
export function LiftSuppression({ suppressionId, onLifted }: Props) {
  const { call } = useApi()
  const canLift = useIsAllowed(liftSuppression)
  const dialog = useRef<HTMLDialogElement>(null)
  const [state, setState] = useState<'idle' | 'sending'>('idle')
  const [fault, setFault] = useState<string>()
  const [problem, setProblem] = useState<ApiProblem>()
  const lift = async (form: HTMLFormElement) => {
    const reason = String(new FormData(form).get('reason') ?? '').trim()
    setFault(reason === '' ? suppressionsText.liftReasonRequired : undefined)
    if (reason === '') return form.querySelector('input')?.focus()
    setState('sending')
    const response = await captureProblem(() => call(liftSuppression, { params: { suppressionId }, body: { reason } }))
    setState('idle')
    setProblem(response.problem)
    dialog.current?.close()
    if (response.body) onLifted(response.body)
  }
  if (!canLift) return null
  return (
    <>
      <button type="button" class="button danger" onClick={() => dialog.current?.showModal()}>
        {suppressionsText.lift}
      </button>
      {problem && <ProblemNote problem={problem} />}
      <dialog ref={dialog} aria-label={suppressionsText.liftTitle}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (state === 'idle' && event.currentTarget instanceof HTMLFormElement) void lift(event.currentTarget)
          }}
        >
          <h2>{suppressionsText.liftTitle}</h2>
          <p>{suppressionsText.liftHelp}</p>
          <Field
            label={suppressionsText.liftReason}
            name="reason"
            help={suppressionsText.liftReasonHelp}
            fault={fault}
            maxLength={500}
            autocomplete="off"
          />
          <div class="actions">
            <button type="submit" class="button danger" aria-disabled={state === 'sending'}>
              {suppressionsText.liftConfirm}
            </button>
            <button type="button" class="plain" onClick={() => dialog.current?.close()}>
              {appText.cancel}
            </button>
          </div>
        </form>
      </dialog>
    </>
  )
}
