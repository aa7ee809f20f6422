/** Counts the turns of the event loop until the returned function is called, which returns how many there were. */
export function countTurns(): () => number {
  let turnCount = 0
  const count = () => {
    turnCount += 1
    next = setImmediate(count)
  }
  let next = setImmediate(count)
  return () => {
    clearImmediate(next)
    return turnCount
  }
}
