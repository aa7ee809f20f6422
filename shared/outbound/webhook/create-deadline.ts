export type Deadline = { signal: AbortSignal; expired: Promise<never> } & Disposable

/** Aborts after `deadlineMs` or with the caller's signal. Race work that cannot be aborted with `expired`, which rejects. */
export function createDeadline(deadlineMs: number, callerSignal?: AbortSignal): Deadline {
  const controller = new AbortController()
  const { promise: expired, reject } = Promise.withResolvers<never>()
  expired.catch(() => {})
  const expire = () => {
    controller.abort()
    reject(controller.signal.reason)
  }
  const timer = setTimeout(expire, deadlineMs)
  callerSignal?.addEventListener('abort', expire)
  if (callerSignal?.aborted) expire()
  return {
    signal: controller.signal,
    expired,
    [Symbol.dispose]() {
      clearTimeout(timer)
      callerSignal?.removeEventListener('abort', expire)
    },
  }
}
