import { useRef, useState } from 'preact/hooks'
import { erasePerson } from '#shared/contract/aftercare/erasures.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Field } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { navigate } from '../../app/router.tsx'

type PersonReference = { email: string } | { phone: string } | { leadId: string }

/** The form by which a person is forgotten: by an address that they gave, after one look more. */
export function ErasePersonForm() {
  const [person, setPerson] = useState<PersonReference>()
  const [fault, setFault] = useState<string>()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const contact = String(new FormData(event.currentTarget).get('who') ?? '').trim()
    if (contact === '') return setFault('Write the e-mail address or the phone number that the person gave.')
    setFault(undefined)
    setPerson(contact.includes('@') ? { email: contact } : { phone: contact })
  }
  return (
    <section class="card" aria-labelledby="forget">
      <h2 id="forget">Forget a person</h2>
      <p class="help">By what the person gave of themselves. It is kept nowhere, not even in the receipt.</p>
      <form class="filters" onSubmit={submit} noValidate>
        <Field label="E-mail or phone" name="who" autocomplete="off" fault={fault} />
        <div class="actions">
          <button type="submit" class="button danger">
            Forget this person …
          </button>
        </div>
      </form>
      {person && <ConfirmErasure person={person} onCancel={() => setPerson(undefined)} onError={setFault} />}
    </section>
  )
}

/** The same for the person of one lead. */
export function EraseLeadPerson({ leadId }: { leadId: string }) {
  const [isConfirming, setConfirming] = useState(false)
  const [fault, setFault] = useState<string>()
  return (
    <p>
      <button type="button" class="plain" onClick={() => setConfirming(true)}>
        Forget this person …
      </button>
      {isConfirming && <ConfirmErasure person={{ leadId }} onCancel={() => setConfirming(false)} onError={setFault} />}
      {fault && <Note kind="bad">{fault}</Note>}
    </p>
  )
}

type Props = { person: PersonReference; onCancel: () => void; onError: (why: string) => void }

/** What it means, and the last question. */
function ConfirmErasure({ person, onCancel, onError }: Props) {
  const { call } = useApi()
  const withdraw = useRef<HTMLInputElement>(null)
  const [isRunning, setRunning] = useState(false)
  const erase = async () => {
    if (isRunning) return
    setRunning(true)
    const body = { ...person, withdraw: withdraw.current?.checked ?? false }
    const { problem, body: receipt } = await captureProblem(() => call(erasePerson, { body }))
    setRunning(false)
    onCancel()
    if (receipt) return navigate(`/erasures/${receipt.erasureId}`)
    onError(problem && 'errors' in problem ? invalidContactMessage : (problem?.detail ?? problem?.title ?? ''))
  }
  return (
    <dialog
      aria-labelledby="sure"
      ref={(dialog) => {
        if (dialog && !dialog.open) dialog.showModal()
      }}
      onClose={onCancel}
    >
      <h2 id="sure">Forget this person for good?</h2>
      <p>
        Every lead of theirs loses whatever tells of them, and what has not been sent yet never is. Every school that
        had one is told to erase it, too. None of this can be taken back.
      </p>
      <p>Counts and decisions stay, and for five years the proof of consent, without a name or an address.</p>
      <label>
        <input type="checkbox" ref={withdraw} /> They want no calls in future either: what comes of them later goes to
        no school
      </label>
      <div class="actions">
        <button type="button" class="button danger" aria-disabled={isRunning} onClick={() => void erase()}>
          Forget them
        </button>
        <button type="button" class="plain" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </dialog>
  )
}

const invalidContactMessage = 'This is neither an e-mail address nor a phone number of ten digits.'
