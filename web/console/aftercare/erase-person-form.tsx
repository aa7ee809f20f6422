import { useRef, useState } from 'preact/hooks'
import { erasePerson } from '#shared/contract/aftercare/erasures.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { ConfirmDialog } from '../../app/components/confirm-dialog.tsx'
import { Field } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { Allowed } from '../../app/people/allowed.tsx'
import { navigate } from '../../app/router.tsx'
import { describeProblem } from '../../app/text/problem-text.ts'
import { erasureText } from '../text/aftercare-text.ts'
import { consoleText } from '../text/console-text.ts'

type PersonReference = { email: string } | { phone: string } | { leadId: string }

/** Deletes the data of a person, who is found by email or phone, after a confirmation. */
export function ErasePersonForm() {
  const [person, setPerson] = useState<PersonReference>()
  const [fault, setFault] = useState<string>()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const contact = String(new FormData(event.currentTarget).get('contact') ?? '').trim()
    if (contact === '') return setFault(consoleText.enterContact)
    setFault(undefined)
    setPerson(contact.includes('@') ? { email: contact } : { phone: contact })
  }
  return (
    <section class="card" aria-labelledby="delete-person">
      <h2 id="delete-person">{erasureText.formTitle}</h2>
      <p class="help">{erasureText.formHelp}</p>
      <Allowed to={erasePerson}>
        <form class="filters" onSubmit={submit} noValidate>
          <Field label={erasureText.contact} name="contact" autocomplete="off" fault={fault} />
          <div class="actions">
            <button type="submit" class="button danger">
              {erasureText.open}
            </button>
          </div>
        </form>
      </Allowed>
      {person && <ConfirmErasure person={person} onCancel={() => setPerson(undefined)} onError={setFault} />}
    </section>
  )
}

/** Deletes the data of the person of one lead. */
export function EraseLeadPerson({ leadId }: { leadId: string }) {
  const [isConfirming, setConfirming] = useState(false)
  const [fault, setFault] = useState<string>()
  return (
    <div>
      <Allowed to={erasePerson}>
        <button type="button" class="plain" onClick={() => setConfirming(true)}>
          {erasureText.open}
        </button>
      </Allowed>
      {isConfirming && <ConfirmErasure person={{ leadId }} onCancel={() => setConfirming(false)} onError={setFault} />}
      {fault && <Note kind="bad">{fault}</Note>}
    </div>
  )
}

type Props = { person: PersonReference; onCancel: () => void; onError: (message: string) => void }

/** Explains what is deleted and asks for confirmation. */
function ConfirmErasure({ person, onCancel, onError }: Props) {
  const { call } = useApi()
  const suppress = useRef<HTMLInputElement>(null)
  const erase = async () => {
    const body = { ...person, withdraw: suppress.current?.checked ?? false }
    const { problem, body: receipt } = await captureProblem(() => call(erasePerson, { body }))
    if (receipt) return navigate(`/erasures/${receipt.erasureId}`)
    onError(problem?.errors ? consoleText.enterContact : describeProblem(problem))
  }
  return (
    <ConfirmDialog
      isOpen
      kind="danger"
      title={erasureText.confirmTitle}
      text={
        <>
          <p>{erasureText.confirmHelp}</p>
          <p>{erasureText.keptHelp}</p>
          <label>
            <input type="checkbox" ref={suppress} /> {erasureText.suppress}
          </label>
        </>
      }
      confirmLabel={erasureText.confirm}
      onConfirm={() => void erase()}
      onClose={onCancel}
    />
  )
}
