import { matchRequest } from '#shared/contract/capture/capture.ts'
import { explainMatch } from '#shared/contract/operator.ts'
import { educationLevels, modality, startWindow } from '#shared/domain/vocabulary.ts'
import { useLoaded } from '../../app/api.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { Note, Ready } from '../../app/components/note.tsx'
import { useQuery } from '../../app/place.tsx'
import { educationWords, modalityWords, startWords } from '../../words/choices.ts'
import { choicesOf, useNames } from '../catalog/names.tsx'
import { Verdicts } from './verdicts.tsx'

/** Why a visitor who has not come yet would be shown these schools and not others. */
export function Why() {
  const [query, change] = useQuery()
  const careers = useNames('careers')
  const sources = useNames('sources')
  const given = (name: string) => query.get(name) ?? undefined
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const filled = new FormData(event.currentTarget)
    change(Object.fromEntries([...filled].map(([name, value]) => [name, String(value).trim() || undefined])))
  }
  return (
    <>
      <h1>Why not this school?</h1>
      <p>
        Describe a visitor, and see which schools the landing page would show now, which not, and why. Nothing is
        written and nobody is contacted.
      </p>
      <form onSubmit={submit} class="card">
        <div class="pair">
          <Select label="Career" name="career" choices={choicesOf(careers)} value={given('career')} />
          <Field
            label="ZIP code"
            name="zip"
            inputMode="numeric"
            autocomplete="off"
            required
            defaultValue={given('zip')}
          />
          <Select
            label="Education"
            name="education"
            choices={educationLevels.map((value) => ({ value, label: educationWords[value] }))}
            value={given('education') ?? 'high-school-diploma'}
          />
          <Select
            label="Wants to start"
            name="start"
            choices={[unsaid, ...startWindow.options.map((value) => ({ value, label: startWords[value] }))]}
            value={given('start')}
          />
          <Select
            label="Wants to learn"
            name="modality"
            choices={[unsaid, ...modality.options.map((value) => ({ value, label: modalityWords[value] }))]}
            value={given('modality')}
          />
          <Select
            label="Source"
            name="source"
            choices={[{ value: '', label: 'No source' }, ...choicesOf(sources)]}
            value={given('source')}
          />
        </div>
        <div class="actions">
          <button type="submit" class="button">
            Explain
          </button>
        </div>
      </form>
      {given('zip') && <Answer query={query} />}
    </>
  )
}

const unsaid = { value: '', label: 'Did not say' }

function Answer({ query }: { query: URLSearchParams }) {
  const given = (name: string) => query.get(name) ?? undefined
  const asked = matchRequest.safeParse({
    careerSlug: given('career'),
    zip: given('zip'),
    education: { highestLevel: given('education') },
    startWindow: given('start'),
    modality: given('modality'),
  })
  if (!asked.success)
    return (
      <Note kind="bad">
        {asked.error.issues.map(({ path, message }) => (
          <p key={path.join('/')}>
            {path[0] === 'zip' ? 'The ZIP code' : `The field ${path.join(' ')}`} {message}.
          </p>
        ))}
      </Note>
    )
  const sourceId = given('source')
  return <Decision asked={{ ...asked.data, ...(sourceId !== undefined && { sourceId }) }} />
}

function Decision({ asked }: { asked: Parameters<typeof useLoaded<typeof explainMatch>>[1]['body'] }) {
  const [explained, again] = useLoaded(explainMatch, { body: asked })
  const schools = useNames('schools')
  const campaigns = useNames('campaigns')
  return (
    <section class="card" aria-live="polite" aria-label="Verdicts">
      <Ready of={explained} again={again}>
        {({ decision }) => (
          <>
            <h2>
              {decision.verdicts.filter(({ selected }) => selected).length} of {decision.verdicts.length} campaigns
              would be shown
            </h2>
            <Verdicts decision={decision} schools={schools} campaigns={campaigns} selected="Is shown" />
          </>
        )}
      </Ready>
    </section>
  )
}
