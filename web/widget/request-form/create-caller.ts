import { callApi, type WidgetRequest, type WidgetResponse } from '../call-api.ts'
import type { WidgetView } from '../define-element.ts'
import { randomHex } from '../hex.ts'

export type CallApi = <Body>(request: WidgetRequest) => Promise<WidgetResponse<Body>>

/**
 * Calls the API for one view of a form. `onRetry` runs before a request is sent again. W3C Trace Context: one trace per view,
 * which follows the lead to the schools.
 */
export function createCaller({ api, settings, signal }: WidgetView, onRetry: () => void): CallApi {
  const traceId = randomHex(16)
  return (request) => {
    const traceparent = `00-${traceId}-${randomHex(8)}-01`
    const headers = request.body && { ...createKeyHeader(settings), traceparent, ...request.headers }
    return callApi({ ...request, ...(headers && { headers }) }, { api, signal, onRetry })
  }
}

/** A header cannot hold every character. A key that has others is wrong, and the API says so. */
export function createKeyHeader(settings: WidgetView['settings']) {
  return { 'x-source-key': (settings.get('source-key') ?? '').replace(/[^!-~]/g, '?') }
}
