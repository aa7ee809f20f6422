import type { Context } from 'aws-lambda'

/** Builds a Lambda's dependencies once during its start. If that fails, the next call tries again. */
export function createLambdaHandler<Event, Result>(
  open: () => Promise<(event: Event, context: Context) => Promise<Result>>,
) {
  let handlerPromise = openOnce()
  return async (event: Event, context: Context): Promise<Result> => {
    const handle = await handlerPromise.catch(() => {
      handlerPromise = openOnce()
      return handlerPromise
    })
    return handle(event, context)
  }

  function openOnce() {
    const promise = open()
    // Avoids an unhandled rejection; the next call awaits the same promise and throws.
    promise.catch(() => undefined)
    return promise
  }
}
