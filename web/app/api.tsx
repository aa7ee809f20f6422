import { createContext } from 'preact'
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks'
import { type Answer, client, type Given } from '#shared/contract/client.ts'
import type { Problem } from '#shared/contract/problems.ts'
import type { Route } from '#shared/contract/route.ts'

export type Call = ReturnType<typeof client>
type Api = { call: Call; signOut: () => void }

/** Who is signed in calls the API with this. */
export const ApiContext = createContext<Api | undefined>(undefined)

export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('Nobody is signed in.')
  return api
}

/** Calls the API that the page came from. A key that is no longer good ends the session. */
export function callsWith(key: string, signOut: () => void): Call {
  const reach: typeof fetch = async (...request) => {
    const response = await fetch(...request).catch(() => unreachable())
    if (response.status === 401) signOut()
    return response
  }
  return client({ baseUrl: '', headers: { authorization: `Bearer ${key}` }, fetch: reach })
}

/** What came back of a call: the body that was hoped for, or what is to be said instead. */
export type Loaded<Body> =
  | { state: 'loading'; body?: Body }
  | { state: 'failed'; problem: Pick<Problem, 'title' | 'detail'>; body?: Body }
  | { state: 'ready'; body: Body }

type Promised<R extends Route> = Extract<Answer<R>, { problem?: undefined }>
type Good<R extends Route> = Promised<R>['body']

/**
 * Asks when it is first shown and when what is asked changes; `again` asks once more and shows the old meanwhile.
 * An answer that comes after a later question is dropped.
 */
export function useLoaded<const R extends Route>(route: R, given: Given<R>): [Loaded<Good<R>>, again: () => void] {
  const { call } = useApi()
  const [loaded, setLoaded] = useState<Loaded<Good<R>>>({ state: 'loading' })
  const latest = useRef(0)
  const asked = JSON.stringify([route.name, given])
  const ask = useCallback(async () => {
    const mine = ++latest.current
    const told = await outcomeOf(() => call(route, given))
    if (mine !== latest.current) return
    if (isGood<R>(told)) setLoaded({ state: 'ready', body: told.body })
    else if (told.problem) setLoaded({ state: 'failed', problem: told.problem })
  }, [asked, call])
  useEffect(() => {
    setLoaded({ state: 'loading' })
    void ask()
    return () => void latest.current++
  }, [ask])
  return [loaded, ask]
}

function isGood<R extends Route>(told: { problem?: unknown }): told is Promised<R> {
  return told.problem === undefined
}

/** A call that ends in an answer or a problem, also where nothing answers. */
export async function outcomeOf<A extends { problem?: Pick<Problem, 'title' | 'detail'> | undefined }>(
  ask: () => Promise<A>,
): Promise<A | { problem: Pick<Problem, 'title' | 'detail'>; body?: undefined }> {
  try {
    return await ask()
  } catch (error) {
    return { problem: { title: 'That did not work', detail: error instanceof Error ? error.message : String(error) } }
  }
}

function unreachable(): never {
  throw new Error('The server does not answer. Are you online?')
}
