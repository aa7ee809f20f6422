import { useEffect, useRef, useState } from 'preact/hooks'
import { Note } from '../../app/components/note.tsx'
import { useFocusFirstFault } from '../../app/hooks/use-focus-first-fault.ts'
import type { SchoolCampaign } from '../own-school.tsx'
import { Gauges } from './campaign-cards.tsx'
import { type CapDraft, type CapFaults, newDraft, parseDrafts, toDrafts } from './cap-drafts.ts'
import { CapFields } from './cap-fields.tsx'
import { useCampaignChange } from './use-campaign-change.ts'

type Props = { campaign: SchoolCampaign; canManage: boolean; reload: () => void }

/** How full the caps are, and a form to change them. */
export function CapsEditor({ campaign, canManage, reload }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [isSaved, setSaved] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  // What was pressed goes away; whoever works by keyboard stays here.
  const showMode = (mode: 'open' | 'saved' | 'left') => {
    setOpen(mode === 'open')
    setSaved(mode === 'saved')
    heading.current?.focus()
  }
  return (
    <section class="card" aria-labelledby="caps">
      <h2 id="caps" ref={heading} tabIndex={-1}>
        Caps
      </h2>
      <Gauges campaign={campaign} />
      {isSaved && <Note kind="good">The caps are changed.</Note>}
      {canManage && !isOpen && (
        <button type="button" class="button second" onClick={() => showMode('open')}>
          Change caps
        </button>
      )}
      {isOpen && <CapsForm campaign={campaign} reload={reload} onClose={showMode} />}
    </section>
  )
}

type FormProps = { campaign: SchoolCampaign; reload: () => void; onClose: (how: 'saved' | 'left') => void }

function CapsForm({ campaign, reload, onClose }: FormProps) {
  const [drafts, setDrafts] = useState(() => toDrafts(campaign.caps))
  const [faults, setFaults] = useState<CapFaults>({})
  const [problem, setProblem] = useState<{ title: string; detail?: string | undefined }>()
  const formRef = useRef<HTMLFormElement>(null)
  useFocusFirstFault(formRef, faults)
  const change = useCampaignChange(campaign, reload)
  const savedCaps = JSON.stringify(campaign.caps)
  const [loadedCaps, setLoadedCaps] = useState(savedCaps)
  useEffect(() => {
    if (loadedCaps === savedCaps) return
    setLoadedCaps(savedCaps)
    setDrafts(toDrafts(campaign.caps))
  }, [savedCaps])
  const save = async () => {
    const parsed = parseDrafts(drafts)
    setFaults('faults' in parsed ? parsed.faults : {})
    setProblem(undefined)
    if ('faults' in parsed) return
    const response = await change({ caps: parsed.caps })
    setProblem(response.problem)
    if (response.problem) return
    reload()
    onClose('saved')
  }
  const updateDraft = (index: number, draft: CapDraft) => setDrafts(drafts.with(index, draft))
  return (
    <form
      ref={formRef}
      class="tell"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {drafts.length === 0 && <p>Without a cap you get as many leads as there are.</p>}
      {drafts.map((draft, index) => (
        <CapFields
          key={draft.key}
          number={index + 1}
          draft={draft}
          faults={{ limit: faults[`${index}/limit`], period: faults[`${index}/period`] }}
          onChange={(changed) => updateDraft(index, changed)}
          onRemove={() => setDrafts(drafts.toSpliced(index, 1))}
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
        <button type="button" class="plain" onClick={() => onClose('left')}>
          Cancel
        </button>
      </div>
    </form>
  )
}
