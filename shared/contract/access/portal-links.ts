import * as z from 'zod'
import { scope } from '../../domain/access/access-key.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'

export const createPortalLink = defineRoute({
  name: 'createPortalLink',
  method: 'POST',
  path: '/v1/ops/portal-links',
  caller: 'operator',
  summary: 'Create a one-time link that signs a school in to the portal',
  description: 'Send the school to `/portal#link={token}`. Browsers do not send the part after `#` to any server.',
  body: z
    .strictObject({
      schoolId: recordId,
      scope: z.enum(['read', 'manage']).default('manage'),
      expiresInHours: z.int().min(1).max(168).default(72),
    })
    .meta({ id: 'PortalLinkRequest' }),
  responses: {
    201: {
      description: 'The link. It works once.',
      body: z
        .object({ token: z.string().meta({ description: 'Shown only here.' }), schoolId: recordId, expiresAt: instant })
        .meta({ id: 'PortalLink' }),
    },
  },
  example: { body: { schoolId: 'tall-grass-college' } },
})

export const openSchoolSession = defineRoute({
  name: 'openSchoolSession',
  method: 'POST',
  path: '/v1/school-sessions',
  caller: 'anyone',
  summary: 'Exchange a portal link for an API key, once',
  body: z.strictObject({ token: z.string().min(1).max(2000) }).meta({ id: 'SchoolSessionRequest' }),
  responses: {
    201: {
      description: 'An API key that is valid for 12 hours.',
      body: z.object({ key: z.string(), schoolId: recordId, scope, expiresAt: instant }).meta({ id: 'SchoolSession' }),
    },
  },
  problems: ['LINK_USED', 'TOO_MANY_REQUESTS'],
  example: { body: { token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl' } },
})
