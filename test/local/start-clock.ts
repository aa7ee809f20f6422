/** A clock that starts at an instant and goes on, so that a test does not depend on the day and hour at which it runs. */
export function startClock(startsAt: string): () => Date {
  const offsetMs = Date.parse(startsAt) - Date.now()
  return () => new Date(Date.now() + offsetMs)
}
