import { createRequire } from 'node:module'
import { runInNewContext } from 'node:vm'
import * as z from 'zod'

// Postman's own reader of collections, which fills in variables as the app does.
const sdk = createRequire(import.meta.url)('postman-collection')

const requestSchema = z.looseObject({
  method: z.string(),
  header: z.array(z.looseObject({ key: z.string(), value: z.string(), disabled: z.boolean().optional() })).default([]),
  body: z.looseObject({ raw: z.string() }).optional(),
  auth: z
    .looseObject({
      type: z.string(),
      bearer: z.array(z.looseObject({ value: z.string() })).optional(),
      apikey: z.array(z.looseObject({ key: z.string(), value: z.string() })).optional(),
    })
    .optional(),
})
const itemSchema = z.looseObject({
  name: z.string(),
  request: requestSchema,
  event: z.array(z.looseObject({ script: z.looseObject({ exec: z.array(z.string()) }) })).default([]),
})
export type PostmanItem = z.output<typeof itemSchema>
export type PostmanResult = { name: string; status: number; contentType: string; json: { [name: string]: unknown } }

/** Every request of a collection, in its order. */
export function listPostmanItems(collection: object): PostmanItem[] {
  const items: PostmanItem[] = []
  new sdk.Collection(collection).forEachItem((item: { toJSON: () => unknown }) => {
    items.push(itemSchema.parse(item.toJSON()))
  })
  return items
}

/** Sends a request as Postman does, and runs its script, which changes `variables`. */
export async function runPostmanItem(item: PostmanItem, variables: Map<string, string>): Promise<PostmanResult> {
  const filled: unknown = sdk.Property.replaceSubstitutionsIn(item.request, [Object.fromEntries(variables)])
  const { method, header, body, auth } = requestSchema.parse(filled)
  const { url } = new sdk.Request(filled)
  const address = `${variables.get('baseUrl')}${url.getPathWithQuery()}`
  // A body may have a placeholder of the API's own, such as `{{ contact.firstName }}`, which Postman sends as it is.
  const unfilled = /\{\{\$?\w+\}\}/.exec(JSON.stringify([address, header, body, auth]))
  if (unfilled) throw new Error(`${item.name}: no variable fills ${unfilled}`)
  const response = await fetch(address, {
    method,
    headers: [
      ...header.filter(({ disabled }) => !disabled).map(({ key, value }): [string, string] => [key, value]),
      ...toCredentials(auth),
    ],
    ...(body && { body: body.raw }),
  })
  const contentType = response.headers.get('content-type') ?? ''
  const text = await response.text()
  const json: unknown = contentType.includes('json') ? JSON.parse(text) : {}
  runScript(item, { code: response.status, json: () => json }, variables)
  return { name: item.name, status: response.status, contentType, json: z.looseObject({}).parse(json) }
}

function toCredentials(auth: z.output<typeof requestSchema>['auth']): [name: string, value: string][] {
  if (auth?.type === 'bearer') return [['authorization', `Bearer ${auth.bearer?.[0]?.value}`]]
  if (auth?.type !== 'apikey') return []
  const { key = '', value = '' } = Object.fromEntries((auth.apikey ?? []).map((pair) => [pair.key, pair.value]))
  return [[key, value]]
}

function runScript({ event }: PostmanItem, response: object, variables: Map<string, string>): void {
  const pm = { response, collectionVariables: variables }
  for (const { script } of event) runInNewContext(script.exec.join('\n'), { pm })
}
