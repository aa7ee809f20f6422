export type Deadline = { signal: AbortSignal; passed: Promise<never> } & Disposable

/** Ends after `milliseconds`, or when the caller's own signal does; what cannot be aborted is raced with `passed`. */
export function deadlineIn(milliseconds: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController()
  const { promise: passed, reject } = Promise.withResolvers<never>()
  passed.catch(() => {})
  const pass = () => {
    controller.abort()
    reject(controller.signal.reason)
  }
  const timer = setTimeout(pass, milliseconds)
  outer?.addEventListener('abort', pass)
  if (outer?.aborted) pass()
  return {
    signal: controller.signal,
    passed,
    [Symbol.dispose]() {
      clearTimeout(timer)
      outer?.removeEventListener('abort', pass)
    },
  }
}
