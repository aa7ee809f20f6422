export type WriteTurns = {
  /** Runs `work` once no other thread of this process writes. */
  take: (work: () => void) => void
}

/**
 * Lets the threads of a process write one after the other. SQLite would make the thread that comes second sleep, and with it
 * every request that it answers; here it goes on and writes later. `shared` holds one 32-bit integer: 1 while a thread writes.
 * Waiting does not keep a thread alive.
 */
export function createWriteTurns(shared: SharedArrayBuffer): WriteTurns {
  const state = new Int32Array(shared)
  return {
    take(work) {
      if (Atomics.compareExchange(state, 0, free, taken) !== free) {
        const { value } = Atomics.waitAsync(state, 0, taken)
        void Promise.resolve(value).then(() => this.take(work))
        return
      }
      try {
        work()
      } finally {
        Atomics.store(state, 0, free)
        Atomics.notify(state, 0, 1)
      }
    },
  }
}

const free = 0
const taken = 1
