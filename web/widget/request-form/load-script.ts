const loads = new Map<string, Promise<boolean>>()

/** Loads a script of another company, once per page. False if it was blocked, by an ad blocker, the network or the policy of the page. */
export function loadScript(url: string): Promise<boolean> {
  const earlier = loads.get(url)
  if (earlier) return earlier
  const load = new Promise<boolean>((resolve) => {
    const script = document.createElement('script')
    script.addEventListener('load', () => resolve(true))
    script.addEventListener('error', () => resolve(false))
    try {
      script.src = url
      document.head.append(script)
    } catch {
      // The page takes script addresses only from policies of its own (Trusted Types).
      resolve(false)
    }
  })
  loads.set(url, load)
  return load
}
