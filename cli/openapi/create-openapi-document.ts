import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import { problem } from '#shared/contract/problems.ts'
import { type Folder, folders, routes } from '#shared/contract/routes.ts'
import manifest from '../../package.json' with { type: 'json' }
import { makePortable } from './make-portable.ts'
import { securitySchemes, toOperation } from './to-operation.ts'
import { problemExamples } from './to-problem-responses.ts'
import { headers } from './to-response-headers.ts'
import { webhooks } from './webhooks.ts'

/** Returns the API as an OpenAPI 3.1 document, derived only from the contract: the same routes give the same bytes. */
export function createOpenapiDocument(): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {}
  for (const folder of folders)
    for (const route of routes[folder])
      paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: toOperation(route, folder) }

  const document = createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: manifest.name.replace(/^./, (first) => first.toUpperCase()),
        version: manifest.version,
        summary: manifest.description,
        description:
          'Bodies are JSON of at most 64 KiB, names are camelCase, times are UTC (ISO 8601), and money is in whole cents. ' +
          'Every error is an RFC 9457 problem with a stable `code`. Responses may gain fields at any time; requests with unknown fields are rejected.',
        license: { name: 'Apache-2.0', identifier: manifest.license },
      },
      servers,
      tags: folders.map((name) => ({ name, description: tagDescriptions[name] })),
      paths,
      webhooks,
      components: { schemas: { Problem: problem }, examples: problemExamples, headers, securitySchemes },
    },
    {
      override({ jsonSchema, io }) {
        // zod forbids unknown fields in output, but clients must accept new ones.
        if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
        if (jsonSchema.example === undefined) return
        jsonSchema.examples = [jsonSchema.example]
        delete jsonSchema.example
      },
    },
  )
  makePortable(document)
  for (const components of Object.values(document.components ?? {})) sortKeys(components)
  return document
}

const servers = [
  {
    url: 'https://{host}',
    description: 'A deployed stage',
    variables: { host: { default: 'leads.example', description: 'The host name that `npm run deploy` prints.' } },
  },
  {
    url: 'http://127.0.0.1:{port}',
    description: 'One machine, started by `npm start`',
    variables: { port: { default: '3000' } },
  },
]

const tagDescriptions: { [folder in Folder]: string } = {
  catalog: 'Public: careers, schools, programs and this API description.',
  capture: 'For landing pages: find schools that match a visitor, and submit the lead.',
  school: 'For schools, each with its own key: its leads, its deliveries and its campaigns.',
  publisher: 'For a publisher’s server, with the secret key of its source: what became of its leads.',
  operator: 'For staff: the catalog, campaigns and keys, and the full history of every lead.',
}

function sortKeys(object: { [key: string]: unknown }): void {
  for (const [key, value] of Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    delete object[key]
    object[key] = value
  }
}
