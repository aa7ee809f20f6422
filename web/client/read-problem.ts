import type { InvalidField } from './problem-error.ts'

/** Reads a problem of the API. Another body, such as the error page of a proxy, is `UNEXPECTED_RESPONSE`. */
export function readProblem(status: number, json: unknown) {
  const { code, title, detail, instance, errors }: { [name: string]: unknown } = { ...toObject(json) }
  if (typeof code !== 'string')
    return { status, code: 'UNEXPECTED_RESPONSE', title: 'The response is not one of the API' }
  return {
    status,
    code,
    title: typeof title === 'string' ? title : code,
    detail: typeof detail === 'string' ? detail : undefined,
    instance: typeof instance === 'string' ? instance : undefined,
    errors: Array.isArray(errors) ? errors.filter(isInvalidField) : [],
  }
}

/** Seconds that `Retry-After` asks to wait, as a number or a date. */
export function readRetrySeconds({ headers }: Pick<Response, 'headers'>, now = Date.now()): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds))
}

function isInvalidField(value: unknown): value is InvalidField {
  const { pointer, code, detail }: { [name: string]: unknown } = { ...toObject(value) }
  return [pointer, code, detail].every((text) => typeof text === 'string')
}

function toObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
