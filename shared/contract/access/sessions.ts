import * as z from 'zod'
import { accessKey } from '../../domain/access/access-key.ts'
import { staffRole } from '../../domain/access/access-person.ts'
import { actor } from '../../domain/access/actor.ts'
import { portalLink, portalSessionState } from '../../domain/access/portal-access.ts'
import { idSchema } from '../../domain/ids.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const session = z
  .object({
    sessionId: idSchema('key').meta({ description: 'The ID of the key of the session.' }),
    linkId: portalLink.shape.linkId,
    schoolId: recordId,
    scope: portalLink.shape.scope,
    state: portalSessionState,
    startedAt: instant,
    expiresAt: instant,
    lastUsedAt: instant.optional().meta({ description: 'Updated at most once an hour. Absent: never used.' }),
    linkCreatedBy: actor,
    endedAt: instant.optional().meta({ description: 'When it was signed out or ended.' }),
    endedBy: actor.optional(),
  })
  .meta({ id: 'PortalSession' })

export const listSessions = defineRoute({
  name: 'listSessions',
  method: 'GET',
  path: '/v1/ops/sessions',
  caller: 'operator',
  summary: 'List portal sessions of schools, latest first',
  description:
    '`signed-out`: by the school. `ended`: by staff. `state` filters each page after it is read, so a page may be short or ' +
    'empty.',
  query: cursorQuery.extend({ schoolId: recordId.optional(), state: portalSessionState.optional() }),
  responses: {
    200: { description: 'One page.', body: z.object({ sessions: z.array(session), page: cursorPage }) },
  },
})

export const endSession = defineRoute({
  name: 'endSession',
  method: 'DELETE',
  path: '/v1/ops/sessions/{sessionId}',
  caller: 'operator',
  summary: 'End a portal session: the next request with it is refused',
  description: 'Ending a session again, or one that has expired, has no effect.',
  params: z.object({ sessionId: idSchema('key') }),
  responses: { 204: { description: 'Ended.' } },
  problems: ['NOT_FOUND'],
  example: { params: { sessionId: 'key_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})

export const endSchoolSessions = defineRoute({
  name: 'endSchoolSessions',
  method: 'DELETE',
  path: '/v1/ops/schools/{id}/sessions',
  caller: 'operator',
  summary: 'End all portal sessions of a school, and revoke its unopened links',
  description:
    'Also those of the people who sign in by email. API keys of the school stay valid. Doing it again has no effect.',
  params: z.object({ id: recordId }),
  responses: {
    200: {
      description: 'How many were active.',
      body: z.object({ sessions: z.int(), links: z.int() }).meta({ id: 'EndedSchoolSessions' }),
    },
  },
  problems: ['NOT_FOUND'],
  example: { params: { id: 'tall-grass-college' } },
})

export const endOwnSession = defineRoute({
  name: 'endOwnSession',
  method: 'DELETE',
  path: '/v1/school/session',
  caller: 'school',
  access: 'read',
  summary: 'Sign out: end the portal session of this request',
  responses: { 204: { description: 'Ended. The key of the session is refused from now on.' } },
  problems: ['NOT_A_SESSION'],
})

export const endOwnSessions = defineRoute({
  name: 'endOwnSessions',
  method: 'DELETE',
  path: '/v1/school/sessions',
  caller: 'school',
  summary: 'Sign out everywhere: end all portal sessions of your school',
  description:
    'Also those of your colleagues. API keys stay valid, and links that were not opened can still be opened.',
  responses: {
    200: {
      description: 'How many were active.',
      body: z.object({ sessions: z.int() }).meta({ id: 'EndedOwnSessions' }),
    },
  },
})

export const readOwnAccess = defineRoute({
  name: 'readOwnAccess',
  method: 'GET',
  path: '/v1/ops/me',
  caller: 'operator',
  summary: 'The staff key or person of this request',
  responses: {
    200: {
      description: 'The key, or the person with their role. Keys that are older than key IDs have neither ID nor name.',
      body: accessKey
        .pick({ keyId: true, name: true })
        .partial()
        .extend({ scope: accessKey.shape.scope, role: staffRole.optional() }),
    },
  },
})
