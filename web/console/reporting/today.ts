/** The day it is where leads are filed: UTC. */
export function today(now = new Date()): string {
  return now.toISOString().slice(0, 10)
}
