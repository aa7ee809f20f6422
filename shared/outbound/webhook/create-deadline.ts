export type Deadline = {
  signal: AbortSignal
  expired: Promise<never>
  /** Aborts after `ms` from now, if that is earlier. */
  shorten: (ms: number) => void
} & Disposable

/** Aborts after `deadlineMs` or with the caller's signal. Race work that cannot be aborted with `expired`, which rejects. */
export function createDeadline(deadlineMs: number, callerSignal?: AbortSignal): Deadline {
  const controller = new AbortController()
  const { promise: expired, reject } = Promise.withResolvers<never>()
  expired.catch(() => {})
  const expire = () => {
    controller.abort()
    reject(controller.signal.reason)
  }
  const timers = [setTimeout(expire, deadlineMs)]
  callerSignal?.addEventListener('abort', expire)
  if (callerSignal?.aborted) expire()
  return {
    signal: controller.signal,
    expired,
    shorten(ms) {
      timers.push(setTimeout(expire, ms))
    },
    [Symbol.dispose]() {
      for (const timer of timers) clearTimeout(timer)
      callerSignal?.removeEventListener('abort', expire)
    },
  }
}
