import * as z from 'zod'
import { slug } from '../domain/vocabulary.ts'
import { conditional, notModified } from './caching.ts'
import { defineRoute } from './route.ts'

/** The pages for people that are served next to the API. */
export const pagePaths = ['/console', '/portal', '/publisher'] as const

export const readIndex = defineRoute({
  name: 'readIndex',
  method: 'GET',
  path: '/',
  caller: 'anyone',
  summary: 'What this host serves',
  headers: conditional,
  cacheSeconds: 300,
  responses: {
    200: {
      description: 'The name of the product and its links.',
      body: z.object({ name: z.string(), links: z.record(z.string(), z.string()) }),
    },
    304: notModified,
  },
})

export const readOpenapi = defineRoute({
  name: 'readOpenapi',
  method: 'GET',
  path: '/openapi.json',
  caller: 'anyone',
  summary: 'This API as an OpenAPI 3.1 document',
  headers: conditional,
  cacheSeconds: 300,
  responses: { 200: { description: 'The document.', body: z.record(z.string(), z.unknown()) }, 304: notModified },
})

export const readDocs = defineRoute({
  name: 'readDocs',
  method: 'GET',
  path: '/docs',
  caller: 'anyone',
  summary: 'This API as a web page',
  headers: conditional,
  cacheSeconds: 300,
  responses: {
    200: { description: 'A page without external resources.', contentType: 'text/html; charset=utf-8' },
    304: notModified,
  },
})

export const readDocsSection = defineRoute({
  name: 'readDocsSection',
  method: 'GET',
  path: '/docs/{section}',
  caller: 'anyone',
  summary: 'One part of this API as a web page',
  params: z.object({ section: slug }),
  headers: conditional,
  cacheSeconds: 300,
  responses: {
    200: { description: 'A page without external resources.', contentType: 'text/html; charset=utf-8' },
    304: notModified,
  },
  problems: ['NOT_FOUND'],
  example: { params: { section: 'capture' } },
})

const health = z.object({ status: z.literal('ok') })

export const readHealth = defineRoute({
  name: 'readHealth',
  method: 'GET',
  path: '/health',
  caller: 'anyone',
  summary: 'Health of the API',
  responses: { 200: { description: 'The API is running.', body: health } },
})

export const readReadiness = defineRoute({
  name: 'readReadiness',
  method: 'GET',
  path: '/health/ready',
  caller: 'anyone',
  summary: 'Readiness: whether a lead could be stored now',
  responses: {
    200: {
      description: 'The API can read its tables, and a write succeeded within the last second.',
      body: health.extend({
        mail: z.literal('failing').exactOptional().meta({
          description:
            'On one machine, while the mail server takes no email. Leads are stored all the while; `GET /v1/ops/attention` says why.',
        }),
      }),
    },
  },
  problems: ['UNAVAILABLE'],
})
