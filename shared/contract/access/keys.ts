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
  summary: 'Make a secret key for staff, for a school, or for the server of a source',
  description:
    `The key is shown this once and kept as a hash. At most ${maxKeysPerName} keys of one holder and name are live at a ` +
    'time, so that a new one can take over before the old one is revoked.',
  body: z
    .strictObject({
      holder,
      scope: scope.meta({
        description: '`read` or `admin` for staff, `read` or `manage` for a school, else `server`.',
      }),
      name: name.meta({ description: 'What it is for. The same name again is its successor.' }),
      expiresAt: instant.optional().meta({ description: 'Absent: until it is revoked.' }),
    })
    .superRefine((request, context) => {
      if (isScopeAllowed(request.scope, request.holder)) return
      const allowedScopes = scopes[request.holder.caller].join(' or ')
      context.addIssue({ code: 'custom', path: ['scope'], message: `must be ${allowedScopes} for such a holder` })
    })
    .meta({ id: 'KeyRequest' }),
  responses: {
    201: {
      description: 'It is live.',
      body: keyResponse
        .extend({ key: z.string().meta({ description: 'Not shown again.' }) })
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
  summary: 'All secret keys by id, also revoked and expired ones; never what they are',
  query: cursorQuery,
  responses: {
    200: {
      description: 'One page.',
      body: z.object({
        keys: z.array(
          keyResponse
            .extend({
              lastUsedAt: instant.optional().meta({ description: 'Noted once an hour. Absent: never used.' }),
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
  summary: 'Revoke a key: the next request with it is refused',
  description: 'Revoking a key again changes nothing.',
  params: z.object({ keyId: idSchema('key') }),
  responses: { 204: { description: 'It is revoked.' } },
  problems: ['NOT_FOUND'],
  example: { params: { keyId: 'key_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})
