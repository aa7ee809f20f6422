/** The day it is where leads are filed: UTC. */
export function getToday(now = new Date()): string {
  return now.toISOString().slice(0, 10)
}
