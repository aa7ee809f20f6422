import { client } from '#shared/contract/client.ts'
import type { FieldError } from '#shared/contract/problems.ts'

/** The options that every command takes. */
export type Settings = { url: string; key?: string; json?: boolean }

/** A typed client with the staff key; without one there is nothing to do. */
export function connect({ url, key }: Settings) {
  if (!key) stop({ title: 'A staff key is needed: give --key or set PROSPECTUS_KEY. npm start prints one.' })
  return client({ baseUrl: url, headers: { authorization: `Bearer ${key}` }, fetch: reach(url) })
}

/** Says on standard error what is wrong, field by field, and ends with 1. */
export function stop({
  title,
  detail,
  errors = [],
}: {
  title: string
  detail?: string | undefined
  errors?: FieldError[] | undefined
}): never {
  console.error(detail ? `${title}: ${detail}` : title)
  for (const { pointer, detail: fault } of errors) console.error(`  ${pointer} ${fault}`)
  process.exit(1)
}

function reach(url: string): typeof fetch {
  return (...request) =>
    fetch(...request).catch(() => stop({ title: `Nothing answers at ${url}. Is it running? --url says where it is.` }))
}
