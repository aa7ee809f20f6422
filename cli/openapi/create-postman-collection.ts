import { groupOperations } from '#web/docs/group-operations.ts'
import { type DocumentedOperation, openapiParts } from '#web/docs/openapi-parts.ts'

type Pair = { key: string; value: string; type?: string; description?: string; disabled?: true }
type Auth = { type: 'noauth' } | { type: 'bearer'; bearer: Pair[] } | { type: 'apikey'; apikey: Pair[] }

/** Returns the API as a Postman collection (v2.1) with a folder per audience, made from the OpenAPI document. */
export function createPostmanCollection(document: unknown) {
  const openapi = openapiParts.parse(document)
  const folders = groupOperations({ ...openapi, webhooks: {} }).filter(({ operations }) => operations.length > 0)
  const { title, summary } = openapi.info
  return {
    info: {
      name: title,
      description: `${summary} ${usage}`,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: Object.entries(variables).map(([key, { value, description }]) => ({
      key,
      value,
      type: 'string',
      description,
    })),
    item: folders.map((folder) => ({
      name: folder.title,
      description: folder.description,
      item: folder.operations.map(toItem),
    })),
  }
}

const usage =
  'Set `baseUrl` and the keys among the variables of the collection. "Find the schools" saves what the lead needs, and the lead ' +
  'saves its IDs, so that these requests run one after the other.'

/** Later requests read what earlier ones save. The first values are examples. */
const variables = {
  baseUrl: { value: 'http://127.0.0.1:3000', description: 'Origin of the API, without a slash at the end.' },
  sourceKey: { value: '', description: 'The publishable key of a source (pk_...).' },
  serverKey: { value: '', description: 'The secret key of a source (sk_... with scope server).' },
  schoolKey: { value: '', description: 'The key of a school.' },
  operatorKey: { value: '', description: 'The key of a staff member.' },
  matchId: { value: '', description: 'Saved by each match.' },
  consentSha256: {
    value: '',
    description: 'Saved by each match: the digest of the consent text that names all its schools.',
  },
  leadId: { value: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A', description: 'Saved by each lead.' },
  deliveryId: { value: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A', description: 'Saved by each lead, and by the list of a school.' },
} as const satisfies { [name: string]: { value: string; description: string } }
type VariableName = keyof typeof variables

/** What a response gives to later requests: JavaScript that reads `body`. */
const saves: { [operationId: string]: { [name in VariableName]?: string } } = {
  matchSchools: { matchId: 'body.matchId', consentSha256: 'body.disclosure.sha256' },
  submitLead: { leadId: 'body.leadId', deliveryId: 'body.schools[0]?.deliveryId' },
  listSchoolLeads: { deliveryId: 'body.leads[0]?.deliveryId' },
}

/** Fields of bodies that an earlier response gives. */
const bodyFields: { [operationId: string]: (example: { [name: string]: unknown }) => object } = {
  submitLead: (example) => ({
    ...example,
    matchId: toReference('matchId'),
    consent: { granted: true, sha256: toReference('consentSha256') },
  }),
}

function toItem(operation: DocumentedOperation) {
  const { operationId, summary, description, method, path, parameters } = operation
  const save = toScript(operationId)
  const ofPlace = (place: string) => parameters.filter((parameter) => parameter.in === place)
  const query = ofPlace('query').map(toPair)
  const body = getBody(operation)
  return {
    name: summary,
    ...(save && { event: [{ listen: 'test', script: { type: 'text/javascript', exec: save } }] }),
    request: {
      method,
      description: [`\`${operationId}\``, description].filter(Boolean).join(': '),
      auth: toAuth(operation),
      header: [
        ...(body ? [{ key: 'Content-Type', value: 'application/json' }] : []),
        ...ofPlace('header')
          .filter(({ name }) => name !== 'If-None-Match')
          .map(toPair),
      ],
      url: {
        raw: `${toReference('baseUrl')}${toColonPath(path)}${toQueryString(query)}`,
        host: [toReference('baseUrl')],
        path: toColonPath(path).split('/').slice(1),
        ...(query.length > 0 && { query }),
        ...(ofPlace('path').length > 0 && { variable: ofPlace('path').map(toPair) }),
      },
      ...(body && {
        body: { mode: 'raw', raw: JSON.stringify(body, null, 2), options: { raw: { language: 'json' } } },
      }),
    },
    response: [],
  }
}

function toPair({ name, required, description, example }: DocumentedOperation['parameters'][number]): Pair {
  return {
    key: name,
    value: headerValues[name] ?? (isVariable(name) ? toReference(name) : String(example ?? '')),
    ...(description && { description }),
    ...(!required && { disabled: true }),
  }
}

// Postman makes a new ID for each request.
const headerValues: { [name: string]: string } = { 'Idempotency-Key': '{{$guid}}', 'If-Match': '*' }

function getBody({ operationId, requestBody }: DocumentedOperation): object | undefined {
  const [media] = Object.values(requestBody?.content ?? {})
  if (!media) return undefined
  const { example } = media
  if (typeof example !== 'object' || example === null) throw new Error(`${operationId} has no example of its body.`)
  return bodyFields[operationId]?.({ ...example }) ?? example
}

/** The first scheme that a caller with a key has: a page's publishable key before a server's secret one. */
function toAuth({ security }: DocumentedOperation): Auth {
  const scheme = security.flatMap((requirement) => Object.keys(requirement))[0]
  // Only a browser that is signed in has a session.
  if (scheme === undefined || scheme.endsWith('Session')) return { type: 'noauth' }
  if (!isVariable(scheme)) throw new Error(`The collection has no variable for the key ${scheme}.`)
  if (scheme !== 'sourceKey')
    return { type: 'bearer', bearer: [{ key: 'token', value: toReference(scheme), type: 'string' }] }
  const apikey = { key: 'X-Source-Key', value: toReference(scheme), in: 'header' }
  return { type: 'apikey', apikey: Object.entries(apikey).map(([key, value]) => ({ key, value, type: 'string' })) }
}

function toScript(operationId: string): string[] | undefined {
  const values = Object.entries(saves[operationId] ?? {})
  if (values.length === 0) return undefined
  return [
    'if (pm.response.code < 300) {',
    '  const body = pm.response.json()',
    ...values.map(([name, value]) => `  if (${value}) pm.collectionVariables.set('${name}', ${value})`),
    '}',
  ]
}

function toQueryString(query: readonly Pair[]): string {
  const enabled = query.filter(({ disabled }) => !disabled).map(({ key, value }) => `${key}=${value}`)
  return enabled.length > 0 ? `?${enabled.join('&')}` : ''
}

/** Postman writes `/v1/careers/:slug`. */
function toColonPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}

function toReference(name: VariableName): string {
  return `{{${name}}}`
}

function isVariable(name: string): name is VariableName {
  return Object.hasOwn(variables, name)
}
