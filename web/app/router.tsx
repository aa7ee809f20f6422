import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { parse } from 'regexparam'

/** One page of an app, with a pattern such as `/leads/:leadId`. */
export type AppRoute = { pattern: string; page: (params: { [name: string]: string }) => JSX.Element }

/** The path after the `#`. Browsers never send it, so IDs do not reach server logs. */
export function usePath(): string {
  const [path, setPath] = useState(getCurrentPath)
  useEffect(() => {
    const updatePath = () => setPath(getCurrentPath())
    addEventListener('hashchange', updatePath)
    // The address may have changed between the first render and this effect.
    updatePath()
    return () => removeEventListener('hashchange', updatePath)
  }, [])
  return path
}

/** The query after the path, such as the filters of a list, so that a filtered list can be bookmarked. */
export function useQuery(): [
  query: URLSearchParams,
  change: (changes: { [name: string]: string | undefined }) => void,
] {
  const [, search = ''] = usePath().split('?')
  const query = new URLSearchParams(search)
  const change = (changes: { [name: string]: string | undefined }) => {
    const next = new URLSearchParams(query)
    for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name)
    const [path] = getCurrentPath().split('?')
    location.hash = next.size > 0 ? `${path}?${next}` : `${path}`
  }
  return [query, change]
}

export function navigate(path: string): void {
  location.hash = path
}

export function matchRoute(routes: readonly AppRoute[], path: string): JSX.Element | undefined {
  const [pathname = '/'] = path.split('?')
  for (const { pattern, page } of routes) {
    const { keys, pattern: regex } = parse(pattern)
    const match = regex.exec(pathname)
    const params = match && parseParams(keys, match)
    if (params) return page(params)
  }
  return undefined
}

/** Returns nothing if a part is badly escaped, such as `%`: no link of an app is. */
function parseParams(keys: readonly string[], match: RegExpExecArray): { [name: string]: string } | undefined {
  try {
    return Object.fromEntries(keys.map((key, index) => [key, decodeURIComponent(match[index + 1] ?? '')]))
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

type LinkProps = { to: string; children: ComponentChildren; class?: string; 'aria-current'?: 'page' }
export function Link({ to, children, ...rest }: LinkProps) {
  return (
    <a href={`#${to}`} {...rest}>
      {children}
    </a>
  )
}

function getCurrentPath(): string {
  return location.hash.startsWith('#/') ? location.hash.slice(1) : '/'
}
