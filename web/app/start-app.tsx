import './app.css'
import { type ComponentChildren, type JSX, render } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { isRoleAllowed } from '#shared/contract/access/role-rights.ts'
import { type SignInApp, signInParameter } from '#shared/domain/access/access-person.ts'
import { createAppSession, type IncomingSession, type SessionDefinition } from './app-session.ts'
import { ApiContext, createBrowserClient, useApi } from './browser-client.tsx'
import { Note } from './components/note.tsx'
import { consumeHashParameter, createSession, type Session } from './create-session.ts'
import { ignoreDoubleClicks } from './ignore-double-clicks.ts'
import { OpenLink } from './open-link.tsx'
import { Account } from './people/account.tsx'
import type { NeededRoute } from './people/allowed.tsx'
import { OpenSignInLink } from './people/open-sign-in-link.tsx'
import { consumeProviderResponse, OpenProviderResponse, ProviderButton } from './people/provider-sign-in.tsx'
import { EnterCode } from './people/second-factor/enter-code.tsx'
import { RequireApp } from './people/second-factor/require-app.tsx'
import { SignInForm } from './people/sign-in-form.tsx'
import { usePersonSession } from './people/use-person-session.ts'
import { type AppRoute, Link, matchRoute, usePath } from './router.tsx'
import { SignIn } from './sign-in.tsx'
import { SwitchSession } from './switch-session.tsx'
import { appText } from './text/app-text.ts'
import { accountText, signInText } from './text/people-text.ts'

/** `includedPaths`: other paths for which this item is the current one. */
type NavItem = {
  to: string
  label: string
  includedPaths?: readonly string[]
  /** Shown to people who may call this operation, and to keys. Absent: to all. */
  needs?: NeededRoute
}
type AppDefinition = {
  /** Sources have keys only, and no people who sign in by email. */
  name: SignInApp | 'publisher'
  title: string
  keyLabel: string
  keyHelp: string
  keyRejectedMessage: string
  nav: readonly NavItem[]
  /** Stands between the navigation and the sign-out. */
  barItem?: () => JSX.Element
  routes: readonly AppRoute[]
  session: SessionDefinition
}

const accountPath = '/account'

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
  const peopleApp = app.name === 'publisher' ? undefined : app.name
  const person = usePersonSession(peopleApp ?? 'portal', {
    isUsed: peopleApp !== undefined && key === undefined && token === undefined && parameters === undefined && !link,
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
  if (token !== undefined && peopleApp)
    return <OpenSignInLink title={app.title} app={peopleApp} token={token} onSignedIn={openApp} />
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
  if (!api && peopleApp && person.state === 'loading') return null
  const current = api ?? (peopleApp && person.state === 'signed-in' ? person.api : undefined)
  if (!current) {
    const { keyLabel, keyHelp } = app
    return (
      <SignIn
        title={title}
        label={keyLabel}
        help={keyHelp}
        fault={fault}
        message={message ?? (peopleApp && renderPersonMessage(person.state))}
        onSignIn={signIn}
      >
        {app.name === 'console' && <ProviderButton />}
        {peopleApp && <SignInForm app={peopleApp} />}
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

function Shell({ app: { title, nav: allItems, routes: ownRoutes, barItem } }: { app: AppDefinition }) {
  const { person, signOut } = useApi()
  const nav = allItems.filter(({ needs }) => !needs || !person || isRoleAllowed(person.role, needs))
  const routes = [...ownRoutes, { pattern: accountPath, page: () => <Account /> }]
  const path = usePath()
  const [pathname = '/'] = path.split('?')
  const page = matchRoute(routes, path)
  const main = useRef<HTMLElement>(null)
  const isFirstRender = useRef(true)
  const currentItem = nav.find(({ to, includedPaths = [] }) =>
    [to, ...includedPaths].some((parent) => isUnderPath(pathname, parent)),
  )
  useEffect(() => {
    // Following a link moves the focus to the new page; the first page leaves the focus alone.
    if (!isFirstRender.current) main.current?.focus()
    isFirstRender.current = false
    const pageName = page ? currentItem?.label : appText.pageNotFound
    document.title = pageName === undefined ? title : `${pageName} · ${title}`
  }, [pathname])
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {appText.skipToContent}
      </button>
      <header class="bar">
        <Link to="/" class="brand">
          {title}
        </Link>
        <nav aria-label={appText.mainNavigation}>
          {nav.map(({ to, label }) => (
            <NavLink key={to} to={to} isCurrent={currentItem?.to === to}>
              {label}
            </NavLink>
          ))}
        </nav>
        {barItem?.()}
        {person && (
          <NavLink to={accountPath} isCurrent={pathname === accountPath} label={accountText.yourAccount(person.name)}>
            {person.name}
          </NavLink>
        )}
        <button type="button" class="plain" onClick={signOut}>
          {appText.signOut}
        </button>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {page ?? <NotFound />}
      </main>
    </>
  )
}

function isUnderPath(path: string, parent: string): boolean {
  return path === parent || (parent !== '/' && path.startsWith(`${parent}/`))
}

type NavLinkProps = { to: string; isCurrent: boolean; label?: string; children: ComponentChildren }

function NavLink({ to, isCurrent, label, children }: NavLinkProps) {
  return (
    <a href={`#${to}`} aria-current={isCurrent ? 'page' : undefined} aria-label={label}>
      {children}
    </a>
  )
}

function NotFound() {
  return (
    <>
      <h1>{appText.pageNotFound}</h1>
      <p>{appText.pageNotFoundHelp}</p>
      <p>
        <Link to="/">{appText.home}</Link>
      </p>
    </>
  )
}
