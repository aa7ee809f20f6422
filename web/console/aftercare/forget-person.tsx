import { useRef, useState } from 'preact/hooks'
import { erasePerson } from '#shared/contract/aftercare/erasures.ts'
import { outcomeOf, useApi } from '../../app/api.tsx'
import { Field } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { go } from '../../app/place.tsx'

type Asked = { email: string } | { phone: string } | { leadId: string }

/** The form by which a person is forgotten: by an address that they gave, after one look more. */
export function ForgetPerson() {
  const [asked, setAsked] = useState<Asked>()
  const [fault, setFault] = useState<string>()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const who = String(new FormData(event.currentTarget).get('who') ?? '').trim()
    if (who === '') return setFault('Write the e-mail address or the phone number that the person gave.')
    setFault(undefined)
    setAsked(who.includes('@') ? { email: who } : { phone: who })
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
      {asked && <Sure asked={asked} leave={() => setAsked(undefined)} refused={setFault} />}
    </section>
  )
}

/** The same for the person of one lead. */
export function ForgetLead({ leadId }: { leadId: string }) {
  const [isAsked, setAsked] = useState(false)
  const [fault, setFault] = useState<string>()
  return (
    <p>
      <button type="button" class="plain" onClick={() => setAsked(true)}>
        Forget this person …
      </button>
      {isAsked && <Sure asked={{ leadId }} leave={() => setAsked(false)} refused={setFault} />}
      {fault && <Note kind="bad">{fault}</Note>}
    </p>
  )
}

type Props = { asked: Asked; leave: () => void; refused: (why: string) => void }

/** What it means, and the last question. */
function Sure({ asked, leave, refused }: Props) {
  const { call } = useApi()
  const withdraw = useRef<HTMLInputElement>(null)
  const [isRunning, setRunning] = useState(false)
  const erase = async () => {
    if (isRunning) return
    setRunning(true)
    const body = { ...asked, withdraw: withdraw.current?.checked ?? false }
    const { problem, body: receipt } = await outcomeOf(() => call(erasePerson, { body }))
    setRunning(false)
    leave()
    if (receipt) return go(`/erasures/${receipt.erasureId}`)
    refused(problem && 'errors' in problem ? notAnyone : (problem?.detail ?? problem?.title ?? ''))
  }
  return (
    <dialog
      aria-labelledby="sure"
      ref={(dialog) => {
        if (dialog && !dialog.open) dialog.showModal()
      }}
      onClose={leave}
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
        <button type="button" class="plain" onClick={leave}>
          Cancel
        </button>
      </div>
    </dialog>
  )
}

const notAnyone = 'This is neither an e-mail address nor a phone number of ten digits.'
