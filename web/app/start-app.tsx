import './app.css'
import { type ComponentChildren, render } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { type SignInApp, signInParameter } from '#shared/domain/access/access-person.ts'
import { createAppSession, type IncomingSession, type SessionDefinition } from './app-session.ts'
import { ApiContext, createBrowserClient } from './browser-client.tsx'
import { Note } from './components/note.tsx'
import { consumeHashParameter, createSession, type Session } from './create-session.ts'
import { ignoreDoubleClicks } from './ignore-double-clicks.ts'
import { OpenLink } from './open-link.tsx'
import { OpenSignInLink } from './people/open-sign-in-link.tsx'
import { consumeProviderResponse, OpenProviderResponse, ProviderButton } from './people/provider-sign-in.tsx'
import { EnterCode } from './people/second-factor/enter-code.tsx'
import { RequireApp } from './people/second-factor/require-app.tsx'
import { SignInForm } from './people/sign-in-form.tsx'
import { usePersonSession } from './people/use-person-session.ts'
import { Shell, type ShellDefinition } from './shell.tsx'
import { SignIn } from './sign-in.tsx'
import { SwitchSession } from './switch-session.tsx'
import { appText } from './text/app-text.ts'
import { signInText } from './text/people-text.ts'

type AppDefinition = ShellDefinition & {
  name: SignInApp
  keyLabel: string
  keyHelp: string
  keyRejectedMessage: string
  session: SessionDefinition
}

/** Renders an app into the element `#app`. */
export function startApp(app: AppDefinition): void {
  const keyStore = createSession(app.name, sessionStorage)
  // A sign-in link that is opened in a tab of the app must work, too.
  addEventListener('hashchange', () => {
    if (/^#\w+=/.test(location.hash)) location.reload()
  })
  ignoreDoubleClicks(document)
  const root = document.getElementById('app')
  const signInToken = consumeHashParameter(signInParameter, window)
  const providerResponse = app.name === 'console' ? consumeProviderResponse(window) : undefined
  const link = consumeIncomingSession(app.session)
  if (root) render(<Frame {...{ app, keyStore, link, signInToken, providerResponse }} />, root)
}

function consumeIncomingSession({ link }: SessionDefinition): IncomingSession | undefined {
  const key = consumeHashParameter('key', window)
  if (key) return { kind: 'key', key }
  const token = link && consumeHashParameter(link.name, window)
  return token === undefined ? undefined : { kind: 'link', token }
}

type FrameProps = {
  app: AppDefinition
  keyStore: Session
  link: IncomingSession | undefined
  signInToken: string | undefined
  providerResponse: string | undefined
}

function Frame({ app, keyStore, link, signInToken, providerResponse }: FrameProps) {
  const [parameters, setParameters] = useState(providerResponse)
  const [token, setToken] = useState(signInToken)
  const [key, setKey] = useState(keyStore.read)
  const [fault, setFault] = useState<string>()
  const [message, setMessage] = useState<ComponentChildren>()
  const [incoming, setIncoming] = useState(link)
  const appSession = useMemo(() => createAppSession(app.session), [])
  const signIn = (newKey: string) => {
    keyStore.save(newKey)
    setIncoming(undefined)
    setFault(undefined)
    setMessage(undefined)
    setKey(newKey)
  }
  const person = usePersonSession(app.name, {
    isUsed: key === undefined && token === undefined && parameters === undefined && !link,
  })
  const forgetKey = () => {
    keyStore.clear()
    setKey(undefined)
  }
  const signOut = async (ownKey: string) => {
    forgetKey()
    const isEnded = await appSession.end(ownKey)
    setMessage(<Note kind={isEnded ? 'good' : 'bad'}>{isEnded ? appText.signedOut : appText.signedOutHereOnly}</Note>)
  }
  const handleRejectedKey = () => {
    setFault(app.keyRejectedMessage)
    forgetKey()
  }
  const api = useMemo(() => {
    if (key === undefined) return undefined
    return { call: createBrowserClient({ key, onKeyRejected: handleRejectedKey }), signOut: () => void signOut(key) }
  }, [key])
  const hasNewKey = incoming?.kind === 'key' && (key === undefined || incoming.key === key)
  useEffect(() => {
    if (hasNewKey) signIn(incoming.key)
  }, [hasNewKey])
  if (hasNewKey) return null
  const openApp = (signedInApp: SignInApp) => {
    forgetKey()
    person.startSession(signedInApp)
    setParameters(undefined)
    if (signedInApp === app.name) setToken(undefined)
    else location.href = `/${signedInApp}`
  }
  if (parameters !== undefined)
    return <OpenProviderResponse title={app.title} parameters={parameters} onSignedIn={openApp} />
  if (token !== undefined) return <OpenSignInLink title={app.title} app={app.name} token={token} onSignedIn={openApp} />
  const { title, keyRejectedMessage } = app
  if (incoming && key !== undefined)
    return (
      <SwitchSession
        {...{ title, keyRejectedMessage, appSession, incoming }}
        currentKey={key}
        onSwitch={signIn}
        onStay={() => setIncoming(undefined)}
        onCurrentEnded={forgetKey}
      />
    )
  if (incoming) {
    const open = () => appSession.redeem(incoming).then(signIn)
    return <OpenLink title={title} open={open} onUseKey={() => setIncoming(undefined)} />
  }
  if (!api && person.state === 'loading') return null
  const current = api ?? (person.state === 'signed-in' ? person.api : undefined)
  if (!current) {
    const { keyLabel, keyHelp } = app
    return (
      <SignIn
        title={title}
        label={keyLabel}
        help={keyHelp}
        fault={fault}
        message={message ?? renderPersonMessage(person.state)}
        onSignIn={signIn}
      >
        {app.name === 'console' && <ProviderButton />}
        <SignInForm app={app.name} />
      </SignIn>
    )
  }
  if (!api && person.state === 'signed-in') {
    const { call, signOut: leave, person: self } = person.api
    const step = { title, call, onDone: person.reload, onCancel: leave }
    if (self.secondFactor === 'code-required') return <EnterCode {...step} />
    if (self.secondFactor === 'setup-required') return <RequireApp {...step} />
  }
  return (
    <ApiContext.Provider value={current}>
      <Shell app={app} />
    </ApiContext.Provider>
  )
}

function renderPersonMessage(state: ReturnType<typeof usePersonSession>['state']): ComponentChildren {
  if (state === 'ended') return <Note kind="bad">{signInText.sessionEnded}</Note>
  return state === 'signed-out' ? <Note kind="good">{appText.signedOut}</Note> : undefined
}
