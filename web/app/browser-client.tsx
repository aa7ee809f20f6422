import { createContext } from 'preact'
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks'
import type * as z from 'zod'
import { appHeader } from '#shared/contract/access/session-carriers.ts'
import type { readSelf } from '#shared/contract/access/sign-in.ts'
import { type CallInput, type ClientResponse, createClient } from '#shared/contract/client.ts'
import type { Route } from '#shared/contract/route.ts'
import type { SignInApp } from '#shared/domain/access/access-person.ts'
import { forgetLastClick } from './ignore-double-clicks.ts'
import { type ApiProblem, unreachable } from './text/problem-text.ts'

export type BrowserClient = ReturnType<typeof createClient>
/** `person`: who is signed in. Absent: a key is used. */
type Api = { call: BrowserClient; signOut: () => void; person?: OwnPerson | undefined }
export type OwnPerson = z.output<(typeof readSelf.responses)[200]['body']>

/** The client of the signed-in person. */
export const ApiContext = createContext<Api | undefined>(undefined)

export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('useApi needs an ApiContext: sign in first.')
  return api
}

/** A key, or the app whose cookie the browser sends. */
type Session = ({ key: string } | { app: SignInApp }) & { onKeyRejected?: () => void }

/** Calls the API at the origin of the page, with the key or session if there is one. */
export function createBrowserClient(session?: Session): BrowserClient {
  const fetchOrSignOut: typeof fetch = async (...request) => {
    const [input, init] = request
    // A sign-out must reach the server even if the tab is closed at once.
    const response = await fetch(input, { ...init, keepalive: init?.method === 'DELETE' }).catch((cause) => {
      forgetLastClick()
      throw new UnreachableError('The request got no response.', { cause })
    })
    if (response.status === 401) session?.onKeyRejected?.()
    return response
  }
  return createClient({ baseUrl: '', headers: toHeaders(session), fetch: fetchOrSignOut })
}

function toHeaders(session: Session | undefined): { [name: string]: string } {
  if (!session) return {}
  return 'key' in session ? { authorization: `Bearer ${session.key}` } : { [appHeader]: session.app }
}

class UnreachableError extends Error {}

/** The state of a call. While a call is repeated, the earlier body stays. */
export type ApiData<Body> =
  | { state: 'loading'; body?: Body }
  | { state: 'failed'; problem: ApiProblem; body?: Body }
  | { state: 'ready'; body: Body }

type SuccessResponse<R extends Route> = Extract<ClientResponse<R>, { problem?: undefined }>
type SuccessBody<R extends Route> = SuccessResponse<R>['body']

/**
 * Calls a route when the component is first shown and whenever the input changes; `reload` repeats the call.
 * A response that arrives after a later call has started is dropped.
 */
export function useApiData<const R extends Route>(
  route: R,
  input: CallInput<R>,
): [ApiData<SuccessBody<R>>, reload: () => void] {
  const { call } = useApi()
  const [data, setData] = useState<ApiData<SuccessBody<R>>>({ state: 'loading' })
  const latestRequest = useRef(0)
  const requestKey = JSON.stringify([route.name, input])
  const load = useCallback(async () => {
    const requestNumber = ++latestRequest.current
    const response = await captureProblem(() => call(route, input))
    if (requestNumber !== latestRequest.current) return
    if (isSuccess<R>(response)) setData({ state: 'ready', body: response.body })
    else if (response.problem) setData({ state: 'failed', problem: response.problem })
  }, [requestKey, call])
  useEffect(() => {
    setData({ state: 'loading' })
    void load()
    return () => void latestRequest.current++
  }, [load])
  return [data, load]
}

function isSuccess<R extends Route>(response: { problem?: unknown }): response is SuccessResponse<R> {
  return response.problem === undefined
}

/** Returns the response, or a problem if the call threw. A fault of the page itself is also logged. */
export async function captureProblem<A extends { problem?: ApiProblem | undefined }>(
  request: () => Promise<A>,
): Promise<A | { problem: ApiProblem; body?: undefined }> {
  try {
    return await request()
  } catch (error) {
    if (error instanceof UnreachableError) return { problem: { code: unreachable } }
    console.error(error)
    return { problem: { code: 'FAULT' } }
  }
}
