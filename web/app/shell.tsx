import { type ComponentChildren, Fragment, type JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { isRoleAllowed } from '#shared/contract/access/role-rights.ts'
import { type BrowserClient, useApi } from './browser-client.tsx'
import { TimeZoneNote } from './components/time-zone-note.tsx'
import { Account } from './people/account.tsx'
import type { NeededRoute } from './people/allowed.tsx'
import { type AppRoute, Link, matchRoute, usePath } from './router.tsx'
import { appText } from './text/app-text.ts'
import { accountText } from './text/people-text.ts'
import { getTimeZone, restoreTimeZone, setTimeZone } from './time-zone.ts'

/** `includedPaths`: other paths for which this item is the current one. */
type NavItem = {
  to: string
  label: string
  includedPaths?: readonly string[]
  /** Shown to people who may call this operation, and to keys. Absent: to all. */
  needs?: NeededRoute
}
export type ShellDefinition = {
  title: string
  nav: readonly NavItem[]
  /** Stands between the navigation and the sign-out. */
  barItem?: () => JSX.Element
  routes: readonly AppRoute[]
  /** Reads the zone in which days and times are shown, and says whose it is. Absent: people choose it. */
  timeZone?: { read: (call: BrowserClient) => Promise<string | undefined>; help: string }
}

const accountPath = '/account'

/** The frame of every page of a signed-in person: navigation, the page, and the zone of its times. */
export function Shell({ app }: { app: ShellDefinition }) {
  const { title, nav: allItems, routes: ownRoutes, barItem, timeZone } = app
  const { person, signOut } = useApi()
  const [zone, setZone] = useTimeZone(app)
  const nav = allItems.filter(({ needs }) => !needs || !person || isRoleAllowed(person.role, needs))
  const routes = [...ownRoutes, { pattern: accountPath, page: () => <Account /> }]
  const path = usePath()
  const [pathname = '/'] = path.split('?')
  const page = matchRoute(routes, path)
  const main = useRef<HTMLElement>(null)
  const navigation = useRef<HTMLElement>(null)
  const isFirstRender = useRef(true)
  const currentItem = nav.find(({ to, includedPaths = [] }) =>
    [to, ...includedPaths].some((parent) => isUnderPath(pathname, parent)),
  )
  useEffect(() => {
    // Following a link moves the focus to the new page; the first page leaves the focus alone.
    if (!isFirstRender.current) main.current?.focus()
    isFirstRender.current = false
    const pageName = page ? currentItem?.label : appText.pageNotFound
    // On a phone the navigation is one row that scrolls.
    navigation.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
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
        <nav ref={navigation} aria-label={appText.mainNavigation}>
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
        {zone !== undefined && <Fragment key={zone}>{page ?? <NotFound />}</Fragment>}
      </main>
      <footer class="foot">
        {zone !== undefined && (timeZone ? <TimeZoneNote help={timeZone.help} /> : <TimeZoneNote onChange={setZone} />)}
      </footer>
    </>
  )
}

/** The zone of the app, undefined until it is known. Another zone shows the page again. */
function useTimeZone({ timeZone }: ShellDefinition): [zone: string | undefined, setZone: (zone: string) => void] {
  const { call } = useApi()
  const [zone, setZone] = useState<string>()
  useEffect(() => {
    if (timeZone) {
      const applyZone = (ownZone: string | undefined) => {
        setTimeZone(ownZone)
        setZone(getTimeZone())
      }
      timeZone.read(call).then(applyZone, () => applyZone(undefined))
    } else {
      restoreTimeZone()
      setZone(getTimeZone())
    }
  }, [call])
  return [zone, setZone]
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
