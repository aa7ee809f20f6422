import * as z from 'zod'
import { scope } from '../../domain/access/access-key.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'

export const createPortalLink = defineRoute({
  name: 'createPortalLink',
  method: 'POST',
  path: '/v1/ops/portal-links',
  caller: 'operator',
  summary: 'Make a link that signs a school in to the portal once',
  description: 'The address is `/portal#link={token}`: what stands behind the `#` is sent to nobody on the way.',
  body: z
    .strictObject({
      schoolId: recordId,
      scope: z.enum(['read', 'manage']).default('manage'),
      expiresInHours: z.int().min(1).max(168).default(72),
    })
    .meta({ id: 'PortalLinkRequest' }),
  responses: {
    201: {
      description: 'It works once.',
      body: z
        .object({ token: z.string().meta({ description: 'Not shown again.' }), schoolId: recordId, expiresAt: instant })
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
  summary: 'Exchange a portal link for a key, once',
  body: z.strictObject({ token: z.string().min(1).max(2000) }).meta({ id: 'SchoolSessionRequest' }),
  responses: {
    201: {
      description: 'The key works for twelve hours.',
      body: z.object({ key: z.string(), schoolId: recordId, scope, expiresAt: instant }).meta({ id: 'SchoolSession' }),
    },
  },
  problems: ['LINK_USED', 'TOO_MANY_REQUESTS'],
  example: { body: { token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl' } },
})
