/** The key of the signed-in person. It is stored only until the tab is closed. */
export type Session = { read: () => string | undefined; save: (key: string) => void; clear: () => void }

/** @param name of the app: console and portal share an origin and must not share a key */
export function createSession(name: string, storage: Storage): Session {
  const storageKey = `prospectus.${name}.key`
  return {
    read: () => storage.getItem(storageKey) ?? undefined,
    save: (key) => storage.setItem(storageKey, key),
    clear: () => storage.removeItem(storageKey),
  }
}

/** Whether this browser has signed in to the app: its cookie cannot be read, so that no page asks the server in vain. */
export function createSessionMark(name: string, storage: Storage): { has: () => boolean; set: (has: boolean) => void } {
  const storageKey = `prospectus.${name}.signed-in`
  return {
    has: () => storage.getItem(storageKey) !== null,
    set: (has) => (has ? storage.setItem(storageKey, 'yes') : storage.removeItem(storageKey)),
  }
}

/**
 * Returns a secret that a link passes after its `#`, such as `#key=...`, and removes it from the address bar and the
 * history.
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
