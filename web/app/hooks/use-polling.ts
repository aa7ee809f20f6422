import { useEffect } from 'preact/hooks'

const pollIntervalSeconds = 2

/** Reloads every two seconds while `isActive` is true. */
export function usePolling(isActive: boolean, reload: () => void): void {
  useEffect(() => {
    if (!isActive) return
    const timer = setInterval(reload, pollIntervalSeconds * 1000)
    return () => clearInterval(timer)
  }, [isActive, reload])
}
