import { matchRequest } from '#shared/contract/capture/capture.ts'
import { explainMatch } from '#shared/contract/routing/match-explanation.ts'
import { educationLevels, modality, startWindow } from '#shared/domain/vocabulary.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { LoadBoundary, Note } from '../../app/components/note.tsx'
import { useQuery } from '../../app/router.tsx'
import { educationLabels, modalityLabels, startWindowLabels } from '../../words/choices.ts'
import { toChoices, useNames } from '../catalog/names.tsx'
import { explainText } from '../text/routing-text.ts'
import { Verdicts } from './verdicts.tsx'

/** Explains which schools a described visitor would be shown, and why not the others. */
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
      <h1>{explainText.title}</h1>
      <p>{explainText.intro}</p>
      <form onSubmit={submit} class="card">
        <div class="pair">
          <Select
            label={explainText.career}
            name="career"
            choices={toChoices(careers)}
            value={getParameter('career')}
          />
          <Field
            label={explainText.zip}
            name="zip"
            inputMode="numeric"
            autocomplete="off"
            required
            defaultValue={getParameter('zip')}
          />
          <Select
            label={explainText.education}
            name="education"
            choices={educationLevels.map((value) => ({ value, label: educationLabels[value] }))}
            value={getParameter('education') ?? 'high-school-diploma'}
          />
          <Select
            label={explainText.startDate}
            name="start"
            choices={[
              notSpecified,
              ...startWindow.options.map((value) => ({ value, label: startWindowLabels[value] })),
            ]}
            value={getParameter('start')}
          />
          <Select
            label={explainText.modality}
            name="modality"
            choices={[notSpecified, ...modality.options.map((value) => ({ value, label: modalityLabels[value] }))]}
            value={getParameter('modality')}
          />
          <Select
            label={explainText.source}
            name="source"
            choices={[{ value: '', label: explainText.noSource }, ...toChoices(sources)]}
            value={getParameter('source')}
          />
        </div>
        <div class="actions">
          <button type="submit" class="button">
            {explainText.submit}
          </button>
        </div>
      </form>
      {getParameter('zip') && <Explanation query={query} />}
    </>
  )
}

const notSpecified = { value: '', label: explainText.notSpecified }

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
        {parsedRequest.error.issues.some(({ path }) => path[0] === 'zip')
          ? explainText.invalidZip
          : explainText.invalidField}
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
    <section class="card" aria-live="polite" aria-label={explainText.region}>
      <LoadBoundary data={explanation} reload={reload}>
        {({ decision }) => (
          <>
            <h2>
              {explainText.summary(
                decision.verdicts.filter(({ selected }) => selected).length,
                decision.verdicts.length,
              )}
            </h2>
            <Verdicts decision={decision} schools={schools} campaigns={campaigns} outcome="shown" />
          </>
        )}
      </LoadBoundary>
    </section>
  )
}
