export type Deadline = { signal: AbortSignal; expired: Promise<never> } & Disposable

/** Ends after `milliseconds`, or when the caller's own signal does; what cannot be aborted is raced with `passed`. */
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
