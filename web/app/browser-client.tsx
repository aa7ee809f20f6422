import { createContext } from 'preact'
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks'
import { type CallInput, type ClientResponse, createClient } from '#shared/contract/client.ts'
import type { Problem } from '#shared/contract/problems.ts'
import type { Route } from '#shared/contract/route.ts'

export type BrowserClient = ReturnType<typeof createClient>
type Api = { call: BrowserClient; signOut: () => void }

/** Who is signed in calls the API with this. */
export const ApiContext = createContext<Api | undefined>(undefined)

export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('Nobody is signed in.')
  return api
}

/** Calls the API that the page came from. A key that is no longer good ends the session. */
export function createBrowserClient(key: string, signOut: () => void): BrowserClient {
  const fetchOrSignOut: typeof fetch = async (...request) => {
    const response = await fetch(...request).catch(() => throwUnreachable())
    if (response.status === 401) signOut()
    return response
  }
  return createClient({ baseUrl: '', headers: { authorization: `Bearer ${key}` }, fetch: fetchOrSignOut })
}

/** What came back of a call: the body that was hoped for, or what is to be said instead. */
export type ApiData<Body> =
  | { state: 'loading'; body?: Body }
  | { state: 'failed'; problem: Pick<Problem, 'title' | 'detail'>; body?: Body }
  | { state: 'ready'; body: Body }

type SuccessResponse<R extends Route> = Extract<ClientResponse<R>, { problem?: undefined }>
type SuccessBody<R extends Route> = SuccessResponse<R>['body']

/**
 * Asks when it is first shown and when what is asked changes; `again` asks once more and shows the old meanwhile.
 * An answer that comes after a later question is dropped.
 */
export function useApiData<const R extends Route>(
  route: R,
  input: CallInput<R>,
): [ApiData<SuccessBody<R>>, again: () => void] {
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

/** A call that ends in an answer or a problem, also where nothing answers. */
export async function captureProblem<A extends { problem?: Pick<Problem, 'title' | 'detail'> | undefined }>(
  request: () => Promise<A>,
): Promise<A | { problem: Pick<Problem, 'title' | 'detail'>; body?: undefined }> {
  try {
    return await request()
  } catch (error) {
    return { problem: { title: 'That did not work', detail: error instanceof Error ? error.message : String(error) } }
  }
}

function throwUnreachable(): never {
  throw new Error('The server does not answer. Are you online?')
}
