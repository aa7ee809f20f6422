import type { DeliveryPointer } from '#shared/outbound/queue.ts'

type TakeRequest = { countInFlight: (schoolId: string) => number; hasRoom: (schoolId: string) => boolean }

/** Pointers that wait, by school, each once. */
export function createWaitingList() {
  const groups = new Map<string, Map<string, DeliveryPointer>>()
  return {
    has: ({ schoolId, deliveryId }: DeliveryPointer) => groups.get(schoolId)?.has(deliveryId) ?? false,

    count: () => [...groups.values()].reduce((sum, group) => sum + group.size, 0),

    add(pointer: DeliveryPointer): void {
      const group = groups.get(pointer.schoolId) ?? new Map<string, DeliveryPointer>()
      groups.set(pointer.schoolId, group.set(pointer.deliveryId, pointer))
    },

    /** Takes the oldest pointer of the school with the fewest deliveries in flight, of those that have room for another. */
    takeNext({ countInFlight, hasRoom }: TakeRequest): DeliveryPointer | undefined {
      const [nextSchoolId] = [...groups.keys()]
        .filter(hasRoom)
        .toSorted((one, other) => countInFlight(one) - countInFlight(other))
      const group = nextSchoolId === undefined ? undefined : groups.get(nextSchoolId)
      const [pointer] = group?.values() ?? []
      if (nextSchoolId === undefined || !group || !pointer) return undefined
      group.delete(pointer.deliveryId)
      // The school moves to the end, so that schools take turns.
      groups.delete(nextSchoolId)
      if (group.size > 0) groups.set(nextSchoolId, group)
      return pointer
    },
  }
}
