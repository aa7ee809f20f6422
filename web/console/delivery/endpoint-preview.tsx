import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { previewEndpoint } from '#shared/contract/delivery/endpoint-preview.ts'
import type { Route } from '#shared/contract/route.ts'
import { outcomeOf, useApi } from '../../app/api.tsx'
import { Note } from '../../app/components/note.tsx'
import { type JsonObject, membersOf } from '../catalog/fields/json.ts'

const answer = previewEndpoint.responses[200].body
type Preview = z.output<typeof answer>

/** What the webhook in the form would send. */
export function EndpointPreview({ campaignId, draft }: { campaignId: string; draft: JsonObject }) {
  const { call } = useApi()
  const [{ preview, fault }, setFound] = useState<{ preview?: Preview; fault?: string }>({})
  const endpoint = membersOf(draft.endpoint)
  if (endpoint.kind !== 'webhook') return null
  const run = async () => {
    const told = await outcomeOf(() => call<Route>(previewEndpoint, { body: { endpoint, campaignId } }))
    if (!told.problem) return setFound({ preview: answer.parse(told.body) })
    const [first] = 'errors' in told.problem ? (told.problem.errors ?? []) : []
    setFound({
      fault: first ? `${first.pointer.slice(1)} ${first.detail}.` : (told.problem.detail ?? told.problem.title),
    })
  }
  return (
    <section class="card" aria-label="What would be sent">
      <h2>What would be sent</h2>
      <button type="button" class="button second" onClick={() => void run()}>
        Show the request
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
