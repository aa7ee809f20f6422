/** The key that a page works with: kept for as long as its tab is open, and nowhere else. */
export type Session = { read: () => string | undefined; keep: (key: string) => void; end: () => void }

/** @param name of the page, since console and portal stand at one origin. */
export function session(name: string, storage: Storage): Session {
  const place = `prospectus.${name}.key`
  return {
    read: () => storage.getItem(place) ?? undefined,
    keep: (key) => storage.setItem(place, key),
    end: () => storage.removeItem(place),
  }
}

/**
 * What a link hands over behind its `#`, such as `#key=...`: it is taken from the address, so that nobody reads it over
 * a shoulder or finds it in the history.
 */
export function handedOver(
  name: string,
  { location, history }: Pick<Window, 'location' | 'history'>,
): string | undefined {
  const given = new URLSearchParams(location.hash.slice(1)).get(name)
  if (given === null) return undefined
  history.replaceState(null, '', `${location.pathname}#/`)
  return given
}
