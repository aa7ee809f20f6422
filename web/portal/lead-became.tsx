import { useState } from 'preact/hooks'
import { tellDisposition } from '#shared/contract/dispositions.ts'
import { type DispositionWord, dispositionInput, dispositions } from '#shared/domain/disposition.ts'
import { outcomeOf, useApi } from '../app/api.tsx'
import { Dispositions } from '../app/dispositions.tsx'
import { Field, Select } from '../app/field.tsx'
import { Moment } from '../app/moment.tsx'
import { Note } from '../app/note.tsx'
import type { Log } from './lead.tsx'

/** What became of it: told once, and more as it happens. */
export function Became({ log, again }: { log: Log; again: () => void }) {
  const isTaken = log.state === 'delivered' || log.deliveredAt !== undefined
  return (
    <Moment title="What became of it">
      {log.dispositions.length === 0 && (
        <p>{isTaken ? 'You have not told yet.' : 'You can tell once you have the lead.'}</p>
      )}
      <Dispositions of={log.dispositions} school="your school" />
      {isTaken && <Tell deliveryId={log.deliveryId} told={again} />}
    </Moment>
  )
}

const choices = Object.entries(dispositions).map(([value, says]) => ({ value, label: `${wordsOf(value)}: ${says}` }))

function Tell({ deliveryId, told }: { deliveryId: string; told: () => void }) {
  const { call } = useApi()
  // One key for what is told now: who presses twice tells once.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [disposition, setDisposition] = useState<DispositionWord>('contacted')
  const [note, setNote] = useState('')
  const [fault, setFault] = useState<string>()
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const { problem } = await outcomeOf(() =>
      call(tellDisposition, {
        params: { deliveryId },
        headers: { 'idempotency-key': key },
        body: { disposition, ...(note.trim() !== '' && { note: note.trim() }) },
      }),
    )
    setFault(problem && (problem.detail ?? problem.title))
    if (problem) return
    setKey(crypto.randomUUID())
    setNote('')
    told()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Select
        label="What happened"
        choices={choices}
        value={disposition}
        onChange={({ currentTarget }) => {
          const chosen = dispositionInput.shape.disposition.safeParse(currentTarget.value)
          if (chosen.success) setDisposition(chosen.data)
        }}
      />
      <Field
        label="Note (optional)"
        help="For your own people and who runs Prospectus; it is never sent on."
        maxLength={500}
        autocomplete="off"
        value={note}
        onInput={({ currentTarget }) => setNote(currentTarget.value)}
      />
      {fault && <Note kind="bad">{fault}</Note>}
      <div class="actions">
        <button type="submit" class="button">
          Tell it
        </button>
        <span class="help">What was told stands; tell more as it happens.</span>
      </div>
    </form>
  )
}

function wordsOf(word: string): string {
  return word.replaceAll('-', ' ')
}
