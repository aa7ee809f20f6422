import type * as z from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiParameters, ZodOpenApiResponseObject } from 'zod-openapi'
import { appHeader, sessionCookies } from '#shared/contract/access/session-carriers.ts'
import { type Caller, getRequiredAccess, type ResponseShape, type Route } from '#shared/contract/route.ts'
import type { Folder } from '#shared/contract/routes.ts'
import { examples } from './examples/examples.ts'
import { toProblemResponses } from './to-problem-responses.ts'
import { toResponseHeaders } from './to-response-headers.ts'

/** Returns the OpenAPI operation of a route, with every problem that the route can respond with. */
export function toOperation(route: Route, folder: Folder): ZodOpenApiOperationObject {
  const { name, summary, description, body, example } = route
  return {
    operationId: name,
    tags: [folder],
    summary,
    ...(description && { description }),
    security: toSecurity(route),
    parameters: [
      ...toParameters('path', route.params, example?.params),
      ...toParameters('query', route.query, example?.query),
      ...toParameters('header', route.headers, example?.headers, route),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: body, ...(example?.body !== undefined && { example: example.body }) },
        },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.responses).map(([status, shape]) => [status, toResponse(route, Number(status), shape)]),
      ),
      ...toProblemResponses(route),
    },
  }
}

export const securitySchemes = {
  sourceKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Source-Key',
    description: 'The publishable key of a source. It may be part of a page; the origin of the request is checked.',
  },
  serverKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'The secret key of a source, for a publisher’s server. Never put it in a page.',
  },
  schoolKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'The key of a school. It reads and changes only the data of that school.',
  },
  operatorKey: { type: 'http', scheme: 'bearer', description: 'A staff key, for programs.' },
  portalSession: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookies.portal,
    description: `A person of a school who is signed in to the portal. It counts only with the header \`${appHeader}: portal\`. What the person may do follows from their role.`,
  },
  consoleSession: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookies.console,
    description: `A person of staff who is signed in to the console. It counts only with the header \`${appHeader}: console\`. What the person may do follows from their role.`,
  },
} as const

const schemesByCaller = {
  anyone: [],
  source: ['sourceKey', 'serverKey'],
  // Programs have keys. Console and portal may call these with their session, too.
  school: ['schoolKey'],
  operator: ['operatorKey'],
  person: ['portalSession', 'consoleSession'],
} as const satisfies { [caller in Caller]: readonly (keyof typeof securitySchemes)[] }
const wideScope = { school: 'manage', operator: 'admin' }

/** Each scheme lists the scope that its key needs: a read-only key is enough for `read`. */
function toSecurity(route: Route): { [scheme: string]: string[] }[] {
  const { caller, headers } = route
  if (caller === 'school' || caller === 'operator') {
    const scope = getRequiredAccess(route) === 'read' ? 'read' : wideScope[caller]
    return schemesByCaller[caller].map((scheme) => ({ [scheme]: [scope] }))
  }
  if (route.secretKey) return [{ serverKey: [] }]
  const canNameSource = keyHeader in (headers?.shape ?? {})
  const anonymous = caller === 'anyone' && canNameSource ? [{}] : []
  return [
    ...anonymous,
    ...(canNameSource ? schemesByCaller.source : schemesByCaller[caller]).map((scheme) => ({ [scheme]: [] })),
  ]
}

const keyHeader = 'x-source-key'
// The key is described as a security scheme; browsers send the other headers by themselves.
const omittedHeaders = [keyHeader, 'authorization', 'origin', 'user-agent']

function toParameters(
  location: keyof Required<ZodOpenApiParameters>,
  schema: z.ZodObject | undefined,
  examples: object = {},
  { problems = [] }: Pick<Route, 'problems'> = {},
) {
  const examplesByName = new Map<string, unknown>(Object.entries(examples))
  return Object.entries<z.ZodType>(schema?.shape ?? {})
    .filter(([name]) => !omittedHeaders.includes(name))
    .map(([name, value]) =>
      value.meta({
        param: {
          in: location,
          name: location === 'header' ? name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()) : name,
          ...(examplesByName.has(name) && { example: examplesByName.get(name) }),
          // Optional for the parser, because a missing key has its own problem code.
          ...(name === 'idempotency-key' && problems.includes('IDEMPOTENCY_KEY_REQUIRED') && { required: true }),
        },
      }),
    )
}

function toResponse(route: Route, status: number, shape: ResponseShape): ZodOpenApiResponseObject {
  const { description, body, contentType = 'application/json' } = shape
  const [mediaType = contentType] = contentType.split(';')
  const schema = body ?? (shape.contentType ? { type: 'string' as const } : undefined)
  const example = examples[route.name]?.[status]
  return {
    description,
    headers: toResponseHeaders(route, status, shape),
    ...(schema && { content: { [mediaType]: { schema, ...(example !== undefined && { example }) } } }),
  }
}
