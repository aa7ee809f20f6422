type TimelineEvent = { at: number; run: () => Promise<void> }

/** What happens in the sample week, by time in milliseconds since 1970. Events of one instant run in the order in which they were added. */
export function createTimeline() {
  const events: TimelineEvent[] = []
  return {
    add(at: number, run: () => Promise<void>) {
      const index = events.findLastIndex((event) => event.at <= at) + 1
      events.splice(index, 0, { at, run })
    },

    /** Runs all events until `endsAt`, with those that they add, and leaves out the later ones. */
    async play(endsAt: number, moveTo: (ms: number) => void): Promise<void> {
      for (let event = events.shift(); event && event.at <= endsAt; event = events.shift()) {
        moveTo(event.at)
        await event.run()
      }
    },
  }
}
export type WeekTimeline = ReturnType<typeof createTimeline>
