import * as z from 'zod'
import { scope } from '../../domain/access/access-key.ts'
import { maxUnopenedLinks, portalLink, portalLinkState } from '../../domain/access/portal-access.ts'
import { idSchema } from '../../domain/ids.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

export const createPortalLink = defineRoute({
  name: 'createPortalLink',
  method: 'POST',
  path: '/v1/ops/portal-links',
  caller: 'operator',
  summary: 'Create a one-time link that signs a school in to the portal',
  description:
    'Send the school to `url`, or to `/portal#link={token}` of this API. Browsers do not send the part after `#` to any server. The link and the ' +
    'session that it opens end when your key is revoked, and no later than your key expires. A school has at most ' +
    `${maxUnopenedLinks} unopened links.`,
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
        .object({
          linkId: idSchema('link'),
          token: z.string().meta({ description: 'Shown only here.' }),
          url: z.string().exactOptional().meta({
            description: 'The whole link. Absent if the host does not know its address (`PUBLIC_URL` on one machine).',
          }),
          schoolId: recordId,
          expiresAt: instant,
        })
        .meta({ id: 'PortalLink' }),
    },
  },
  problems: ['TOO_MANY_LINKS'],
  example: { body: { schoolId: 'tall-grass-college' } },
})

export const listPortalLinks = defineRoute({
  name: 'listPortalLinks',
  method: 'GET',
  path: '/v1/ops/portal-links',
  caller: 'operator',
  summary: 'List sign-in links of the portal, latest first, with who created and who opened them',
  description:
    '`issuer-revoked`: the staff key that created the link was revoked. `school-deleted`: the school was deleted, even if ' +
    'another one has its ID now. `state` filters each page after it is read, so a page may be short or empty.',
  query: cursorQuery.extend({ schoolId: recordId.optional(), state: portalLinkState.optional() }),
  responses: {
    200: {
      description: 'One page.',
      body: z.object({
        links: z.array(
          portalLink.omit({ generation: true }).extend({ state: portalLinkState }).meta({ id: 'ListedPortalLink' }),
        ),
        page: cursorPage,
      }),
    },
  },
})

export const revokePortalLink = defineRoute({
  name: 'revokePortalLink',
  method: 'DELETE',
  path: '/v1/ops/portal-links/{linkId}',
  caller: 'operator',
  summary: 'Revoke a portal link: it no longer opens, and the session that it opened ends',
  description: 'Revoking a link again, or one that has ended, has no effect.',
  params: z.object({ linkId: idSchema('link') }),
  responses: { 204: { description: 'Neither the link nor its session is accepted anymore.' } },
  problems: ['NOT_FOUND'],
  example: { params: { linkId: 'lnk_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})

export const openSchoolSession = defineRoute({
  name: 'openSchoolSession',
  method: 'POST',
  path: '/v1/school-sessions',
  caller: 'anyone',
  summary: 'Exchange a portal link for the key of a session, once',
  body: z.strictObject({ token: z.string().min(1).max(2000) }).meta({ id: 'SchoolSessionRequest' }),
  responses: {
    201: {
      description: 'The key of a session. It is valid for 12 hours, or until the session is ended.',
      body: z.object({ key: z.string(), schoolId: recordId, scope, expiresAt: instant }).meta({ id: 'SchoolSession' }),
    },
  },
  problems: ['LINK_USED', 'LINK_EXPIRED', 'LINK_REVOKED', 'LINK_UNKNOWN', 'TOO_MANY_SESSIONS', 'TOO_MANY_REQUESTS'],
  example: { body: { token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl' } },
})
