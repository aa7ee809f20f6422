import { useRef, useState } from 'preact/hooks'
import type * as z from 'zod'
import { answerAccessRequest } from '#shared/contract/aftercare/access-requests.ts'
import { captureProblem, useApi } from '../../../app/browser-client.tsx'
import { Field } from '../../../app/components/field.tsx'
import { ProblemNote } from '../../../app/components/note.tsx'
import { useFocusFirstFault } from '../../../app/hooks/use-focus-first-fault.ts'
import { Allowed } from '../../../app/people/allowed.tsx'
import type { ApiProblem } from '../../../app/text/problem-text.ts'
import { accessRequestText } from '../../text/access-request-text.ts'
import { consoleText } from '../../text/console-text.ts'
import { privacyText } from '../../text/privacy-text.ts'

export type AccessAnswer = z.output<(typeof answerAccessRequest.responses)[200]['body']>
type Faults = { contact?: string; purpose?: string }

/** Finds a person by email or phone, for a purpose that is recorded. */
export function AccessRequestForm({ onAnswer }: { onAnswer: (answer: AccessAnswer | undefined) => void }) {
  const { call } = useApi()
  const formRef = useRef<HTMLFormElement>(null)
  const [faults, setFaults] = useState<Faults>({})
  const [problem, setProblem] = useState<ApiProblem>()
  const [isSending, setSending] = useState(false)
  useFocusFirstFault(formRef, faults)
  const send = async (form: HTMLFormElement) => {
    const formData = new FormData(form)
    const contact = String(formData.get('contact') ?? '').trim()
    const purpose = String(formData.get('purpose') ?? '').trim()
    const missing = {
      ...(contact === '' && { contact: consoleText.enterContact }),
      ...(purpose === '' && { purpose: accessRequestText.purposeRequired }),
    }
    setFaults(missing)
    setProblem(undefined)
    onAnswer(undefined)
    if (Object.keys(missing).length > 0) return
    setSending(true)
    const person = contact.includes('@') ? { email: contact } : { phone: contact }
    const response = await captureProblem(() => call(answerAccessRequest, { body: { ...person, purpose } }))
    setSending(false)
    const isPersonInvalid = response.problem?.errors?.some(({ pointer }) => pointer !== '/purpose') ?? false
    if (isPersonInvalid) setFaults({ contact: consoleText.enterContact })
    else setProblem(response.problem)
    onAnswer(response.body)
  }
  return (
    <Allowed to={answerAccessRequest}>
      <form
        ref={formRef}
        class="card screen-only"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!isSending && event.currentTarget instanceof HTMLFormElement) void send(event.currentTarget)
        }}
      >
        <div class="pair">
          <Field
            label={privacyText.person}
            name="contact"
            help={accessRequestText.personHelp}
            fault={faults.contact}
            autocomplete="off"
          />
          <Field
            label={accessRequestText.purpose}
            name="purpose"
            help={accessRequestText.purposeHelp}
            fault={faults.purpose}
            maxLength={200}
            autocomplete="off"
          />
        </div>
        <button type="submit" class="button" aria-disabled={isSending}>
          {accessRequestText.submit}
        </button>
        {problem && <ProblemNote problem={problem} />}
      </form>
    </Allowed>
  )
}
