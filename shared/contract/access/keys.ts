import * as z from 'zod'
import { accessKey, isScopeAllowed, maxKeysPerName, scopes } from '../../domain/access/access-key.ts'
import { idSchema } from '../../domain/ids.ts'
import { instant } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const { holder, scope, name } = accessKey.shape
const keyResponse = accessKey.extend({ keyId: idSchema('key') })

export const createKey = defineRoute({
  name: 'createKey',
  method: 'POST',
  path: '/v1/ops/keys',
  caller: 'operator',
  summary: 'Create an API key for staff, a school, or the server of a source',
  description:
    `The key is shown once and stored as a hash. At most ${maxKeysPerName} keys of one holder and name are active at a ` +
    'time, so that a new key can replace the old one before it is revoked.',
  body: z
    .strictObject({
      holder,
      scope: scope.meta({
        description: '`read` or `admin` for staff, `read` or `manage` for a school, `server` for a source.',
      }),
      name: name.meta({ description: 'What the key is for. Reusing a name rotates the key.' }),
      expiresAt: instant.optional().meta({ description: 'Absent: never expires.' }),
    })
    .superRefine((request, context) => {
      if (isScopeAllowed(request.scope, request.holder)) return
      const allowedScopes = scopes[request.holder.caller].join(' or ')
      context.addIssue({ code: 'custom', path: ['scope'], message: `must be ${allowedScopes} for this holder` })
    })
    .meta({ id: 'KeyRequest' }),
  responses: {
    201: {
      description: 'Created and active.',
      body: keyResponse
        .extend({ key: z.string().meta({ description: 'Shown only here.' }) })
        .meta({ id: 'CreatedKey' }),
    },
  },
  problems: ['TOO_MANY_KEYS'],
  example: {
    body: {
      holder: { caller: 'school', schoolId: 'tall-grass-college' },
      scope: 'manage',
      name: 'CRM import',
      expiresAt: '2027-11-23T00:00:00.000Z',
    },
  },
})

export const listKeys = defineRoute({
  name: 'listKeys',
  method: 'GET',
  path: '/v1/ops/keys',
  caller: 'operator',
  summary: 'List API keys by ID, including revoked and expired ones, without secrets',
  query: cursorQuery,
  responses: {
    200: {
      description: 'One page.',
      body: z.object({
        keys: z.array(
          keyResponse
            .extend({
              lastUsedAt: instant.optional().meta({ description: 'Updated at most once an hour. Absent: never used.' }),
              revokedAt: instant.optional(),
            })
            .meta({ id: 'ListedKey' }),
        ),
        page: cursorPage,
      }),
    },
  },
})

export const revokeKey = defineRoute({
  name: 'revokeKey',
  method: 'DELETE',
  path: '/v1/ops/keys/{keyId}',
  caller: 'operator',
  summary: 'Revoke an API key: the next request with it is refused',
  description: 'Revoking a key again has no effect.',
  params: z.object({ keyId: idSchema('key') }),
  responses: { 204: { description: 'Revoked.' } },
  problems: ['NOT_FOUND'],
  example: { params: { keyId: 'key_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})
