import { useEffect } from 'preact/hooks'

const secondsBetweenLooks = 2

/** Looks again by itself for as long as something is going on. */
export function useFollow(isGoingOn: boolean, again: () => void): void {
  useEffect(() => {
    if (!isGoingOn) return
    const timer = setInterval(again, secondsBetweenLooks * 1000)
    return () => clearInterval(timer)
  }, [isGoingOn, again])
}
