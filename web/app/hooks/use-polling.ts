import { useEffect } from 'preact/hooks'

const pollIntervalSeconds = 2

/** Looks again by itself for as long as something is going on. */
export function usePolling(isActive: boolean, reload: () => void): void {
  useEffect(() => {
    if (!isActive) return
    const timer = setInterval(reload, pollIntervalSeconds * 1000)
    return () => clearInterval(timer)
  }, [isActive, reload])
}
