import './new-buyer.css'
import { useState } from 'preact/hooks'
import { Select } from '../../../app/components/field.tsx'
import { Link, useQuery } from '../../../app/router.tsx'
import { buyerText } from '../../text/buyer-text.ts'
import { toChoices, useNames } from '../names.tsx'
import { GoLive } from './go-live.tsx'
import { RecordStep } from './record-step.tsx'

const steps = ['school', 'programs', 'campaign', 'start'] as const
type Step = (typeof steps)[number]

/**
 * Sets up a school that buys leads: the school, its programs, a paused campaign, and its start after a test lead. Each step
 * is saved at once, and the address holds the IDs, so that a reload or another day continues with the same step.
 */
export function NewBuyer() {
  const [query, change] = useQuery()
  const schoolId = query.get('school') ?? undefined
  const campaignId = query.get('campaign') ?? undefined
  const [secret, setSecret] = useState<string>()
  const schools = useNames('schools')
  const current = findStep(query.get('step'), schoolId, campaignId)
  const openStep = (step: Step) => change({ step })
  return (
    <>
      <h1>{buyerText.title}</h1>
      <p>{buyerText.intro}</p>
      <nav aria-label={buyerText.stepList}>
        <ol class="buyer-steps">
          {steps.map((step, index) => (
            <li key={step} aria-current={step === current ? 'step' : undefined}>
              {isReachable(step, schoolId, campaignId) && step !== current ? (
                <button type="button" class="plain" onClick={() => openStep(step)}>
                  {buyerText.step(index + 1, buyerText.steps[step])}
                </button>
              ) : (
                buyerText.step(index + 1, buyerText.steps[step])
              )}
            </li>
          ))}
        </ol>
      </nav>
      {current === 'school' && (
        <>
          {!schoolId && schools.size > 0 && (
            <section class="card">
              <Select
                label={buyerText.existingSchool}
                help={buyerText.existingSchoolHelp}
                choices={[{ value: '', label: buyerText.newSchool }, ...toChoices(schools)]}
                value=""
                onChange={({ currentTarget }) => change({ school: currentTarget.value, step: 'programs' })}
              />
            </section>
          )}
          <RecordStep
            key={schoolId}
            kind="schools"
            id={schoolId}
            sections={[
              {
                title: buyerText.steps.school,
                help: buyerText.schoolHelp,
                names: ['name', 'legalName', 'timeZone', 'place', 'privacyNoticeEmail'],
              },
            ]}
            saveLabel={buyerText.saveAndContinue}
            onSaved={(id) => change({ school: id, step: 'programs' })}
          />
        </>
      )}
      {current === 'programs' && schoolId && (
        // The list of programs is read again for each one that is added.
        <Programs
          key={query.get('added')}
          schoolId={schoolId}
          onAdded={(id) => change({ added: id })}
          onDone={() => openStep('campaign')}
        />
      )}
      {current === 'campaign' && schoolId && (
        <RecordStep
          key={campaignId}
          kind="campaigns"
          id={campaignId}
          idPrefix={schoolId}
          preset={{ schoolId, status: 'paused' }}
          sections={[
            { title: buyerText.offer, help: buyerText.offerHelp, names: ['name', 'programIds', 'priceCents', 'caps'] },
            { title: buyerText.delivery, names: ['endpoint'] },
          ]}
          saveLabel={buyerText.saveAndContinue}
          onSaved={(id, createdSecret) => {
            if (createdSecret) setSecret(createdSecret)
            change({ campaign: id, step: 'start' })
          }}
        />
      )}
      {current === 'start' && campaignId && <GoLive campaignId={campaignId} secret={secret} />}
    </>
  )
}

type ProgramsProps = { schoolId: string; onAdded: (id: string) => void; onDone: () => void }

/** The programs of the school, with a form for the next one. */
function Programs({ schoolId, onAdded, onDone }: ProgramsProps) {
  const programs = useNames('programs', schoolId)
  return (
    <>
      <section class="card" aria-label={buyerText.steps.programs}>
        <h2>{buyerText.steps.programs}</h2>
        {programs.size === 0 ? (
          <p>{buyerText.noPrograms}</p>
        ) : (
          <>
            <ul class="bullets">
              {toChoices(programs).map(({ value, label }) => (
                <li key={value}>
                  <Link to={`/programs/${encodeURIComponent(value)}`}>{label}</Link>
                </li>
              ))}
            </ul>
            <button type="button" class="button" onClick={onDone}>
              {buyerText.toCampaign}
            </button>
          </>
        )}
      </section>
      <RecordStep
        kind="programs"
        idPrefix={schoolId}
        preset={{ schoolId }}
        sections={[
          {
            title: buyerText.nextProgram,
            help: buyerText.programHelp,
            names: ['name', 'careerSlugs', 'level', 'modality', 'states'],
          },
        ]}
        saveLabel={buyerText.addProgram}
        onSaved={onAdded}
      />
    </>
  )
}

function findStep(name: string | null, schoolId: string | undefined, campaignId: string | undefined): Step {
  const step = steps.find((one) => one === name)
  return step && isReachable(step, schoolId, campaignId) ? step : 'school'
}

function isReachable(step: Step, schoolId: string | undefined, campaignId: string | undefined): boolean {
  if (step === 'school') return true
  return step === 'start' ? campaignId !== undefined : schoolId !== undefined
}
