import { matchRequest } from '#shared/contract/capture/capture.ts'
import { explainMatch } from '#shared/contract/operator.ts'
import { educationLevels, modality, startWindow } from '#shared/domain/vocabulary.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { LoadBoundary, Note } from '../../app/components/note.tsx'
import { useQuery } from '../../app/router.tsx'
import { educationLabels, modalityLabels, startWindowLabels } from '../../words/choices.ts'
import { toChoices, useNames } from '../catalog/names.tsx'
import { Verdicts } from './verdicts.tsx'

/** Why a visitor who has not come yet would be shown these schools and not others. */
export function ExplainRouting() {
  const [query, change] = useQuery()
  const careers = useNames('careers')
  const sources = useNames('sources')
  const getParameter = (name: string) => query.get(name) ?? undefined
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const formData = new FormData(event.currentTarget)
    change(Object.fromEntries([...formData].map(([name, value]) => [name, String(value).trim() || undefined])))
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
          <Select label="Career" name="career" choices={toChoices(careers)} value={getParameter('career')} />
          <Field
            label="ZIP code"
            name="zip"
            inputMode="numeric"
            autocomplete="off"
            required
            defaultValue={getParameter('zip')}
          />
          <Select
            label="Education"
            name="education"
            choices={educationLevels.map((value) => ({ value, label: educationLabels[value] }))}
            value={getParameter('education') ?? 'high-school-diploma'}
          />
          <Select
            label="Wants to start"
            name="start"
            choices={[
              notSpecified,
              ...startWindow.options.map((value) => ({ value, label: startWindowLabels[value] })),
            ]}
            value={getParameter('start')}
          />
          <Select
            label="Wants to learn"
            name="modality"
            choices={[notSpecified, ...modality.options.map((value) => ({ value, label: modalityLabels[value] }))]}
            value={getParameter('modality')}
          />
          <Select
            label="Source"
            name="source"
            choices={[{ value: '', label: 'No source' }, ...toChoices(sources)]}
            value={getParameter('source')}
          />
        </div>
        <div class="actions">
          <button type="submit" class="button">
            Explain
          </button>
        </div>
      </form>
      {getParameter('zip') && <Explanation query={query} />}
    </>
  )
}

const notSpecified = { value: '', label: 'Did not say' }

function Explanation({ query }: { query: URLSearchParams }) {
  const getParameter = (name: string) => query.get(name) ?? undefined
  const parsedRequest = matchRequest.safeParse({
    careerSlug: getParameter('career'),
    zip: getParameter('zip'),
    education: { highestLevel: getParameter('education') },
    startWindow: getParameter('start'),
    modality: getParameter('modality'),
  })
  if (!parsedRequest.success)
    return (
      <Note kind="bad">
        {parsedRequest.error.issues.map(({ path, message }) => (
          <p key={path.join('/')}>
            {path[0] === 'zip' ? 'The ZIP code' : `The field ${path.join(' ')}`} {message}.
          </p>
        ))}
      </Note>
    )
  const sourceId = getParameter('source')
  return <RoutingExplanation request={{ ...parsedRequest.data, ...(sourceId !== undefined && { sourceId }) }} />
}

function RoutingExplanation({ request }: { request: Parameters<typeof useApiData<typeof explainMatch>>[1]['body'] }) {
  const [explanation, reload] = useApiData(explainMatch, { body: request })
  const schools = useNames('schools')
  const campaigns = useNames('campaigns')
  return (
    <section class="card" aria-live="polite" aria-label="Verdicts">
      <LoadBoundary data={explanation} reload={reload}>
        {({ decision }) => (
          <>
            <h2>
              {decision.verdicts.filter(({ selected }) => selected).length} of {decision.verdicts.length} campaigns
              would be shown
            </h2>
            <Verdicts decision={decision} schools={schools} campaigns={campaigns} selectedLabel="Is shown" />
          </>
        )}
      </LoadBoundary>
    </section>
  )
}
