import { useEffect, useMemo, useState } from 'preact/hooks'
import { readSelf, signOut as signOutRoute } from '#shared/contract/access/sign-in.ts'
import type { SignInApp } from '#shared/domain/access/access-person.ts'
import { type BrowserClient, captureProblem, createBrowserClient, type OwnPerson } from '../browser-client.tsx'
import { createSessionMark } from '../create-session.ts'

type PersonSession =
  | { state: 'absent' | 'loading' | 'ended' | 'signed-out' }
  | { state: 'signed-in'; reload: () => void; api: { call: BrowserClient; signOut: () => void; person: OwnPerson } }

/** The session that the cookie of an app names. Nothing is asked while a key is used, or if no one has signed in here. */
export function usePersonSession(app: SignInApp, { isUsed }: { isUsed: boolean }) {
  const mark = useMemo(() => createSessionMark(app, localStorage), [])
  const [person, setPerson] = useState<OwnPerson>()
  const [state, setState] = useState<'absent' | 'loading' | 'ended' | 'signed-out'>(mark.has() ? 'loading' : 'absent')
  const leave = (next: 'ended' | 'signed-out') => {
    mark.set(false)
    setPerson(undefined)
    setState(next)
  }
  const call = useMemo(() => createBrowserClient({ app, onKeyRejected: () => leave('ended') }), [])
  useEffect(() => {
    if (!isUsed || state !== 'loading') return
    void captureProblem(() => call(readSelf, {})).then(({ body, problem }) => {
      if (body) {
        setPerson(body)
        setState('absent')
      }
      // Without an answer the pages say so themselves.
      else if (problem.code !== 'SESSION_INVALID') setState('absent')
    })
  }, [isUsed, state])
  const signOut = () => void captureProblem(() => call(signOutRoute, {})).then(() => leave('signed-out'))
  const startSession = (signedInApp: SignInApp) => {
    createSessionMark(signedInApp, localStorage).set(true)
    if (signedInApp !== app) return
    setPerson(undefined)
    setState('loading')
  }
  const session: PersonSession = person
    ? { state: 'signed-in', reload: () => setState('loading'), api: { call, signOut, person } }
    : { state }
  return { ...session, startSession }
}
