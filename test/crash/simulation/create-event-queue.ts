/** What is to happen, the earliest first; of two at the same time, the one that was put first. */
export function createEventQueue<What>() {
  type Event = { time: number; order: number; what: What }
  const heap: Event[] = []
  let order = 0
  const comesFirst = (one: Event | undefined, other: Event | undefined) =>
    one !== undefined &&
    other !== undefined &&
    (one.time < other.time || (one.time === other.time && one.order < other.order))

  function swap(one: number, other: number) {
    const [first, second] = [heap[one], heap[other]]
    if (!first || !second) return
    heap[one] = second
    heap[other] = first
  }

  return {
    add(time: number, what: What) {
      heap.push({ time, order: order++, what })
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1
        if (!comesFirst(heap[at], heap[parent])) break
        swap(at, parent)
        at = parent
      }
    },

    takeNext(): Event | undefined {
      const first = heap[0]
      const last = heap.pop()
      if (heap.length === 0 || !last) return first
      heap[0] = last
      for (let at = 0; ; ) {
        let least = at
        for (const child of [2 * at + 1, 2 * at + 2]) if (comesFirst(heap[child], heap[least])) least = child
        if (least === at) return first
        swap(at, least)
        at = least
      }
    },
  }
}
