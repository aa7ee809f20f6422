import { callApi, noResponseCode } from '../call-api.ts'
import type { WidgetView } from '../define-element.ts'
import { isRetryable } from '../get-retry-delay.ts'
import { reportProblem, showUnavailable } from '../show-unavailable.ts'
import { createKeyHeader } from './create-caller.ts'
import type { ProofSettings } from './create-form-proofs.ts'

type WidgetFormSettings = ProofSettings & { minimumAge?: number }

/** A mistake in the page must appear before a visitor has filled in the form. `isUsed`: something is typed. Returns what the source asks for. */
export async function checkSettings(view: WidgetView, isUsed: () => boolean): Promise<WidgetFormSettings | undefined> {
  const { api, settings, signal } = view
  const program = settings.get('program')
  const query = new URLSearchParams({
    careerSlug: settings.get('career') ?? '',
    ...(program && { programId: program }),
  })
  const headers = createKeyHeader(settings)
  const response = await callApi<WidgetFormSettings>(
    { path: `/v1/form-settings?${query}`, headers },
    { api, signal, onRetry: () => undefined },
  )
  if ('body' in response) return response.body
  if (!navigator.onLine) return
  const { problem } = response
  const hasResponse = problem.code !== noResponseCode
  // The API is busy or fails for a moment; the form says so if it is sent.
  if (hasResponse && isRetryable(problem.status)) return
  // What is typed stays, because the network of a visitor may come back.
  if (!hasResponse && isUsed()) reportProblem(view, problem)
  else showUnavailable(view, problem)
}
