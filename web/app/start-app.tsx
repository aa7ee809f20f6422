import './app.css'
import { type ComponentChildren, render } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { ApiContext, createBrowserClient } from './browser-client.tsx'
import { consumeHashParameter, createSession, type Session } from './create-session.ts'
import { OpenLink } from './open-link.tsx'
import { type AppRoute, Link, matchRoute, usePath } from './router.tsx'
import { SignIn } from './sign-in.tsx'

/** `holds`: places that are found under it, beside those below its own. */
type NavItem = { to: string; label: string; includedPaths?: readonly string[] }
type AppDefinition = {
  /** Of the page: `console` or `portal`. */
  name: string
  title: string
  /** What a key of the right kind is called where one is asked for. */
  keyLabel: string
  keyHelp: string
  /** Said where a key does not open, or not any more. */
  keyRejectedMessage?: string
  nav: readonly NavItem[]
  routes: readonly AppRoute[]
  /** Where a link may hand over something other than a key: makes a key of it. @throws what to say instead */
  exchange?: { name: string; redeem: (token: string) => Promise<string> }
}

/** Puts an app onto its page. */
export function startApp(app: AppDefinition): void {
  const appSession = createSession(app.name, sessionStorage)
  const key = consumeHashParameter('key', window)
  if (key) appSession.save(key)
  const link = app.exchange && consumeHashParameter(app.exchange.name, window)
  // Who comes by a link is whoever the link says.
  if (link !== undefined) appSession.clear()
  // Who follows such a link in a tab that shows the app already comes in by it too.
  addEventListener('hashchange', () => {
    if (/^#\w+=/.test(location.hash)) location.reload()
  })
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
    setFault(app.keyRejectedMessage ?? 'The key is mistyped or no longer valid.')
    signOut()
  }
  const api = useMemo(
    () => (key === undefined ? undefined : { call: createBrowserClient(key, handleRejectedKey), signOut }),
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
    // Who follows a link is taken to what it led to; who opens the page is left where they are.
    if (!isFirstRender.current) main.current?.focus()
    isFirstRender.current = false
    document.title = currentItem ? `${currentItem.label} · ${title}` : title
  }, [pathname])
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <header class="bar">
        <Link to="/" class="brand">
          {title}
        </Link>
        <nav aria-label="Main">
          {nav.map(({ to, label }) => (
            <NavLink key={to} to={to} isCurrent={currentItem?.to === to}>
              {label}
            </NavLink>
          ))}
        </nav>
        <button type="button" class="plain" onClick={signOut}>
          Sign out
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
      <h1>There is nothing here</h1>
      <p>
        <Link to="/">Back to the start</Link>
      </p>
    </>
  )
}
