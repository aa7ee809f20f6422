import './app.css'
import { type ComponentChildren, render } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { ApiContext, createBrowserClient } from './browser-client.tsx'
import { consumeHashParameter, createSession, type Session } from './create-session.ts'
import { ignoreDoubleClicks } from './ignore-double-clicks.ts'
import { OpenLink } from './open-link.tsx'
import { type AppRoute, Link, matchRoute, usePath } from './router.tsx'
import { SignIn } from './sign-in.tsx'
import { appText } from './text/app-text.ts'

/** `includedPaths`: other paths for which this item is the current one. */
type NavItem = { to: string; label: string; includedPaths?: readonly string[] }
type AppDefinition = {
  /** `console` or `portal`. */
  name: string
  title: string
  keyLabel: string
  keyHelp: string
  keyRejectedMessage: string
  nav: readonly NavItem[]
  routes: readonly AppRoute[]
  /** Exchanges the token of a sign-in link for a key. @throws Error with a message for people */
  exchange?: { name: string; redeem: (token: string) => Promise<string> }
}

/** Renders an app into the element `#app`. */
export function startApp(app: AppDefinition): void {
  const appSession = createSession(app.name, sessionStorage)
  const key = consumeHashParameter('key', window)
  if (key) appSession.save(key)
  const link = app.exchange && consumeHashParameter(app.exchange.name, window)
  // A sign-in link replaces an earlier session.
  if (link !== undefined) appSession.clear()
  // A sign-in link that is opened in a tab of the app must work, too.
  addEventListener('hashchange', () => {
    if (/^#\w+=/.test(location.hash)) location.reload()
  })
  ignoreDoubleClicks(document)
  const root = document.getElementById('app')
  if (root) render(<Frame app={app} session={appSession} link={link} />, root)
}

function Frame({ app, session, link }: { app: AppDefinition; session: Session; link: string | undefined }) {
  const [key, setKey] = useState(session.read)
  const [fault, setFault] = useState<string>()
  const [linkToken, setLinkToken] = useState(link)
  const signIn = (newKey: string) => {
    session.save(newKey)
    setLinkToken(undefined)
    setFault(undefined)
    setKey(newKey)
  }
  const signOut = () => {
    session.clear()
    setKey(undefined)
  }
  const handleRejectedKey = () => {
    setFault(app.keyRejectedMessage)
    signOut()
  }
  const api = useMemo(
    () =>
      key === undefined ? undefined : { call: createBrowserClient({ key, onKeyRejected: handleRejectedKey }), signOut },
    [key],
  )
  if (app.exchange && linkToken !== undefined) {
    const { redeem } = app.exchange
    const open = () => redeem(linkToken).then(signIn)
    return <OpenLink title={app.title} open={open} onUseKey={() => setLinkToken(undefined)} />
  }
  if (!api) return <SignIn title={app.title} label={app.keyLabel} help={app.keyHelp} fault={fault} onSignIn={signIn} />
  return (
    <ApiContext.Provider value={api}>
      <Shell app={app} signOut={signOut} />
    </ApiContext.Provider>
  )
}

function Shell({ app: { title, nav, routes }, signOut }: { app: AppDefinition; signOut: () => void }) {
  const path = usePath()
  const [pathname = '/'] = path.split('?')
  const main = useRef<HTMLElement>(null)
  const isFirstRender = useRef(true)
  const currentItem = nav.find(({ to, includedPaths = [] }) =>
    [to, ...includedPaths].some((parent) => isUnderPath(pathname, parent)),
  )
  useEffect(() => {
    // Following a link moves the focus to the new page; the first page leaves the focus alone.
    if (!isFirstRender.current) main.current?.focus()
    isFirstRender.current = false
    document.title = currentItem ? `${currentItem.label} · ${title}` : title
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
        <button type="button" class="plain" onClick={signOut}>
          {appText.signOut}
        </button>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {matchRoute(routes, path) ?? <NotFound />}
      </main>
    </>
  )
}

function isUnderPath(path: string, parent: string): boolean {
  return path === parent || (parent !== '/' && path.startsWith(`${parent}/`))
}

function NavLink({ to, isCurrent, children }: { to: string; isCurrent: boolean; children: ComponentChildren }) {
  return (
    <a href={`#${to}`} aria-current={isCurrent ? 'page' : undefined}>
      {children}
    </a>
  )
}

function NotFound() {
  return (
    <>
      <h1>{appText.pageNotFound}</h1>
      <p>
        <Link to="/">{appText.home}</Link>
      </p>
    </>
  )
}
