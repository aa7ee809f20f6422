import './app.css'
import { type ComponentChildren, render } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { ApiContext, callsWith } from './api.tsx'
import { OpenLink } from './open-link.tsx'
import { Link, type Place, placeAt, usePath } from './place.tsx'
import { handedOver, type Session, session } from './session.ts'
import { SignIn } from './sign-in.tsx'

/** `holds`: places that are found under it, beside those below its own. */
type Nav = { to: string; label: string; holds?: readonly string[] }
type App = {
  /** Of the page: `console` or `portal`. */
  name: string
  title: string
  /** What a key of the right kind is called where one is asked for. */
  keyLabel: string
  keyHelp: string
  /** Said where a key does not open, or not any more. */
  keyRefused?: string
  nav: readonly Nav[]
  places: readonly Place[]
  /** Where a link may hand over something other than a key: makes a key of it. @throws what to say instead */
  exchange?: { name: string; forKey: (handed: string) => Promise<string> }
}

/** Puts an app onto its page. */
export function start(app: App): void {
  const mine = session(app.name, sessionStorage)
  const key = handedOver('key', window)
  if (key) mine.keep(key)
  const link = app.exchange && handedOver(app.exchange.name, window)
  // Who comes by a link is whoever the link says.
  if (link !== undefined) mine.end()
  // Who follows such a link in a tab that shows the app already comes in by it too.
  addEventListener('hashchange', () => {
    if (/^#\w+=/.test(location.hash)) location.reload()
  })
  const root = document.getElementById('app')
  if (root) render(<Frame app={app} session={mine} link={link} />, root)
}

function Frame({ app, session, link }: { app: App; session: Session; link: string | undefined }) {
  const [key, setKey] = useState(session.read)
  const [fault, setFault] = useState<string>()
  const [handed, setHanded] = useState(link)
  const enter = (given: string) => {
    session.keep(given)
    setHanded(undefined)
    setFault(undefined)
    setKey(given)
  }
  const signOut = () => {
    session.end()
    setKey(undefined)
  }
  const refused = () => {
    setFault(app.keyRefused ?? 'The key is mistyped or no longer valid.')
    signOut()
  }
  const api = useMemo(() => (key === undefined ? undefined : { call: callsWith(key, refused), signOut }), [key])
  if (app.exchange && handed !== undefined) {
    const { forKey } = app.exchange
    const open = () => forKey(handed).then(enter)
    return <OpenLink title={app.title} open={open} giveUp={() => setHanded(undefined)} />
  }
  if (!api) return <SignIn title={app.title} label={app.keyLabel} help={app.keyHelp} fault={fault} enter={enter} />
  return (
    <ApiContext.Provider value={api}>
      <Shell app={app} signOut={signOut} />
    </ApiContext.Provider>
  )
}

function Shell({ app: { title, nav, places }, signOut }: { app: App; signOut: () => void }) {
  const path = usePath()
  const [bare = '/'] = path.split('?')
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  const here = nav.find(({ to, holds = [] }) => [to, ...holds].some((place) => isBelow(bare, place)))
  useEffect(() => {
    // Who follows a link is taken to what it led to; who opens the page is left where they are.
    if (!first.current) main.current?.focus()
    first.current = false
    document.title = here ? `${here.label} · ${title}` : title
  }, [bare])
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
            <NavLink key={to} to={to} isHere={here?.to === to}>
              {label}
            </NavLink>
          ))}
        </nav>
        <button type="button" class="plain" onClick={signOut}>
          Sign out
        </button>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {placeAt(places, path) ?? <Nowhere />}
      </main>
    </>
  )
}

function isBelow(path: string, place: string): boolean {
  return path === place || (place !== '/' && path.startsWith(`${place}/`))
}

function NavLink({ to, isHere, children }: { to: string; isHere: boolean; children: ComponentChildren }) {
  return (
    <a href={`#${to}`} aria-current={isHere ? 'page' : undefined}>
      {children}
    </a>
  )
}

function Nowhere() {
  return (
    <>
      <h1>There is nothing here</h1>
      <p>
        <Link to="/">Back to the start</Link>
      </p>
    </>
  )
}
