import { useEffect, useRef, useState } from 'preact/hooks'
import { changeSchoolCampaign } from '#shared/contract/routing/school-campaigns.ts'
import { Note, ProblemNote } from '../../app/components/note.tsx'
import { useFocusFirstFault } from '../../app/hooks/use-focus-first-fault.ts'
import { Allowed } from '../../app/people/allowed.tsx'
import { appText } from '../../app/text/app-text.ts'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import type { OwnSchool, SchoolCampaign } from '../own-school.tsx'
import { capsText } from '../text/campaigns.ts'
import { CapGauges } from './campaign-cards.tsx'
import { type CapDraft, type CapFaults, newDraft, parseDrafts, toDrafts } from './cap-drafts.ts'
import { CapFields } from './cap-fields.tsx'
import { useCampaignChange } from './use-campaign-change.ts'

type Props = { campaign: SchoolCampaign; school: OwnSchool; canManage: boolean; reload: () => void }

/** The usage of the caps, and a form to change them. */
export function CapsEditor({ campaign, school, canManage, reload }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [isSaved, setSaved] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  // The pressed button disappears, so the focus moves to the heading for keyboard users.
  const showMode = (mode: 'open' | 'saved' | 'canceled') => {
    setOpen(mode === 'open')
    setSaved(mode === 'saved')
    heading.current?.focus()
  }
  return (
    <section class="card" aria-labelledby="caps">
      <h2 id="caps" ref={heading} tabIndex={-1}>
        {capsText.title}
      </h2>
      <CapGauges campaign={campaign} school={school} />
      {isSaved && <Note kind="good">{capsText.saved}</Note>}
      {canManage && !isOpen && (
        <Allowed to={changeSchoolCampaign}>
          <button type="button" class="button second" onClick={() => showMode('open')}>
            {capsText.change}
          </button>
        </Allowed>
      )}
      {isOpen && <CapsForm campaign={campaign} reload={reload} onClose={showMode} />}
    </section>
  )
}

type FormProps = { campaign: SchoolCampaign; reload: () => void; onClose: (mode: 'saved' | 'canceled') => void }

function CapsForm({ campaign, reload, onClose }: FormProps) {
  const [drafts, setDrafts] = useState(() => toDrafts(campaign.caps))
  const [faults, setFaults] = useState<CapFaults>({})
  const [problem, setProblem] = useState<ApiProblem>()
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
      class="form-section"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {campaign.contractCaps.length > 0 && <p class="help">{capsText.contractHelp}</p>}
      {drafts.length === 0 && <p>{capsText.none}</p>}
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
        {capsText.add}
      </button>
      {problem && <ProblemNote problem={problem} />}
      <div class="actions">
        <button type="submit" class="button">
          {capsText.save}
        </button>
        <button type="button" class="plain" onClick={() => onClose('canceled')}>
          {appText.cancel}
        </button>
      </div>
    </form>
  )
}
