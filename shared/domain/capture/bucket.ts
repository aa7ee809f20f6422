/**
 * A bucket of tokens, of which each comes back a minute after it was taken: so in no minute are more taken than the
 * limit, and yet all of them may be taken at once.
 *
 * `taken` only ever grows. A mark says how much had been taken when a slot of five seconds began; what was taken since
 * the oldest mark that still counts is what is not back yet. Whoever adds to `taken` on condition that it is below
 * `most` needs no other lock: a mark that was read too early holds back too much for a moment, never too little.
 */
export type Bucket = { taken: number; marks: readonly Mark[] }
export type Mark = { slot: number; taken: number }
export type Standing = {
  limit: number
  remaining: number
  /** Until tokens come back: those that were taken first, or one that is taken now. */
  resetSeconds: number
}

export const windowSeconds = 60
const slotMs = 5000
// A token that was taken at the end of a slot comes back with those of its beginning: a slot later than they need.
const slotsOut = (windowSeconds * 1000) / slotMs + 1
/** When nobody has taken a token for so long, they are all back. */
export const bucketSeconds = 2 * windowSeconds

export function bucketAt({ taken, marks }: Bucket, limit: number, now: Date) {
  const slot = Math.floor(now.getTime() / slotMs)
  const outdated = marks.filter((mark) => mark.slot <= slot - slotsOut)
  const [oldest] = marks.filter((mark) => mark.slot > slot - slotsOut).toSorted((a, b) => a.slot - b.slot)
  const most = (oldest?.taken ?? taken) + limit
  const standing: Standing = {
    limit,
    remaining: Math.max(0, most - taken),
    resetSeconds: Math.ceil((((oldest?.slot ?? slot) + slotsOut) * slotMs - now.getTime()) / 1000),
  }
  return { slot, most, standing, outdated, isMarked: marks.some((mark) => mark.slot === slot) }
}
