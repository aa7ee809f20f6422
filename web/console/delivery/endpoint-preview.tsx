import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { previewEndpoint } from '#shared/contract/delivery/endpoint-preview.ts'
import type { Route } from '#shared/contract/route.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Note } from '../../app/components/note.tsx'
import { describeProblem } from '../../app/text/problem-text.ts'
import { formatPointer } from '../catalog/field-faults.ts'
import { type JsonObject, toObject } from '../catalog/fields/json.ts'
import { previewText } from '../text/delivery-text.ts'
import { campaignFields } from '../text/records/campaign-fields.ts'

const responseSchema = previewEndpoint.responses[200].body
type Preview = z.output<typeof responseSchema>

/** Previews the request that the webhook in the form would send. */
export function EndpointPreview({ campaignId, draft }: { campaignId: string; draft: JsonObject }) {
  const { call } = useApi()
  const [{ preview, fault }, setPreviewState] = useState<{ preview?: Preview; fault?: string }>({})
  const endpoint = toObject(draft.endpoint)
  if (endpoint.kind !== 'webhook') return null
  const run = async () => {
    const outcome = await captureProblem(() => call<Route>(previewEndpoint, { body: { endpoint, campaignId } }))
    if (!outcome.problem) return setPreviewState({ preview: responseSchema.parse(outcome.body) })
    const [firstError] = outcome.problem.errors ?? []
    setPreviewState({
      fault: firstError
        ? previewText.fault(formatPointer(firstError.pointer, campaignFields))
        : describeProblem(outcome.problem),
    })
  }
  return (
    <section class="card" aria-label={previewText.title}>
      <h2>{previewText.title}</h2>
      <button type="button" class="button second" onClick={() => void run()}>
        {previewText.show}
      </button>
      {fault && <Note kind="bad">{fault}</Note>}
      {preview && (
        <pre role="status">
          {`${preview.request.method} ${preview.request.url}\n`}
          {Object.entries(preview.request.headers)
            .map(([name, value]) => `${name}: ${value}\n`)
            .join('')}
          {`\n${preview.request.body}`}
        </pre>
      )}
    </section>
  )
}
