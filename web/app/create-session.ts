/** The key that a page works with: kept for as long as its tab is open, and nowhere else. */
export type Session = { read: () => string | undefined; save: (key: string) => void; clear: () => void }

/** @param name of the page, since console and portal stand at one origin. */
export function createSession(name: string, storage: Storage): Session {
  const storageKey = `prospectus.${name}.key`
  return {
    read: () => storage.getItem(storageKey) ?? undefined,
    save: (key) => storage.setItem(storageKey, key),
    clear: () => storage.removeItem(storageKey),
  }
}

/**
 * What a link hands over behind its `#`, such as `#key=...`: it is taken from the address, so that nobody reads it over
 * a shoulder or finds it in the history.
 */
export function consumeHashParameter(
  name: string,
  { location, history }: Pick<Window, 'location' | 'history'>,
): string | undefined {
  const value = new URLSearchParams(location.hash.slice(1)).get(name)
  if (value === null) return undefined
  history.replaceState(null, '', `${location.pathname}#/`)
  return value
}
