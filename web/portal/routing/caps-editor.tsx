import { useEffect, useRef, useState } from 'preact/hooks'
import { Note } from '../../app/components/note.tsx'
import { useFirstFault } from '../../app/hooks/use-first-fault.ts'
import type { SchoolCampaign } from '../own-school.tsx'
import { Gauges } from './campaign-cards.tsx'
import { type CapDraft, type CapFaults, capsOf, draftsOf, newDraft } from './cap-drafts.ts'
import { CapFields } from './cap-fields.tsx'
import { useChange } from './use-change.ts'

type Props = { campaign: SchoolCampaign; mayManage: boolean; again: () => void }

/** How full the caps are, and a form to change them. */
export function CapsEditor({ campaign, mayManage, again }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [isSaved, setSaved] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  // What was pressed goes away; whoever works by keyboard stays here.
  const turn = (to: 'open' | 'saved' | 'left') => {
    setOpen(to === 'open')
    setSaved(to === 'saved')
    heading.current?.focus()
  }
  return (
    <section class="card" aria-labelledby="caps">
      <h2 id="caps" ref={heading} tabIndex={-1}>
        Caps
      </h2>
      <Gauges of={campaign} />
      {isSaved && <Note kind="good">The caps are changed.</Note>}
      {mayManage && !isOpen && (
        <button type="button" class="button second" onClick={() => turn('open')}>
          Change caps
        </button>
      )}
      {isOpen && <CapsForm campaign={campaign} again={again} close={turn} />}
    </section>
  )
}

type FormProps = { campaign: SchoolCampaign; again: () => void; close: (how: 'saved' | 'left') => void }

function CapsForm({ campaign, again, close }: FormProps) {
  const [drafts, setDrafts] = useState(() => draftsOf(campaign.caps))
  const [faults, setFaults] = useState<CapFaults>({})
  const [problem, setProblem] = useState<{ title: string; detail?: string | undefined }>()
  const place = useRef<HTMLFormElement>(null)
  useFirstFault(place, faults)
  const change = useChange(campaign, again)
  const standing = JSON.stringify(campaign.caps)
  const [shown, setShown] = useState(standing)
  useEffect(() => {
    if (shown === standing) return
    setShown(standing)
    setDrafts(draftsOf(campaign.caps))
  }, [standing])
  const save = async () => {
    const read = capsOf(drafts)
    setFaults('faults' in read ? read.faults : {})
    setProblem(undefined)
    if ('faults' in read) return
    const told = await change({ caps: read.caps })
    setProblem(told.problem)
    if (told.problem) return
    again()
    close('saved')
  }
  const put = (at: number, draft: CapDraft) => setDrafts(drafts.with(at, draft))
  return (
    <form
      ref={place}
      class="tell"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {drafts.length === 0 && <p>Without a cap you get as many leads as there are.</p>}
      {drafts.map((draft, at) => (
        <CapFields
          key={draft.key}
          number={at + 1}
          draft={draft}
          faults={{ limit: faults[`${at}/limit`], period: faults[`${at}/period`] }}
          put={(changed) => put(at, changed)}
          drop={() => setDrafts(drafts.toSpliced(at, 1))}
        />
      ))}
      <button type="button" class="plain add" onClick={() => setDrafts([...drafts, newDraft()])}>
        Add a cap
      </button>
      {problem && (
        <Note kind="bad">
          <strong>{problem.title}.</strong> {problem.detail}
        </Note>
      )}
      <div class="actions">
        <button type="submit" class="button">
          Save caps
        </button>
        <button type="button" class="plain" onClick={() => close('left')}>
          Cancel
        </button>
      </div>
    </form>
  )
}
