import * as z from 'zod'
import {
  accessPerson,
  invitationHours,
  isRoleOf,
  personHolder,
  personRole,
  personRoles,
  schoolRole,
} from '../../domain/access/access-person.ts'
import { idSchema } from '../../domain/ids.ts'
import { notificationChoices } from '../../domain/reporting/notifications/notification.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const { email, name } = accessPerson.shape
const params = z.object({ personId: idSchema('person') })
const example = { params: { personId: 'psn_4fJ0q2mXbW7cT1nZ8yKd5A' } }

const invitation = z.enum(['sent', 'failed', 'not-configured']).meta({
  id: 'InvitationState',
  description:
    'Whether the mail server took the invitation. `not-configured`: the host does not know the address at which people reach it.',
})
const invitedPerson = z
  .object({
    person: accessPerson,
    invitation,
    token: z.string().optional().meta({
      description:
        'Only if no email was sent: pass on `/console#signin={token}`, `/portal#signin={token}` or `/publisher#signin={token}` of this API yourself.',
    }),
  })
  .meta({ id: 'InvitedPerson' })
const peoplePage = z.object({ people: z.array(accessPerson), page: cursorPage })

const changes = {
  name: name.optional(),
  email: email.optional().meta({ description: 'Ends all sessions of the person.' }),
  status: z.enum(['active', 'disabled']).optional().meta({
    description: '`disabled` ends all sessions and links at once. `active` lets a disabled person sign in again.',
  }),
}
const endsSessions = 'A change of role, email or status ends all sessions of the person at once.'
const invitationHelp = `The invitation is an email with a link that signs in once and expires after ${invitationHours / 24} days. A newer one replaces it.`

export const listPeople = defineRoute({
  name: 'listPeople',
  method: 'GET',
  path: '/v1/ops/people',
  caller: 'operator',
  summary: 'List the people who may sign in: staff, or those of a school or publisher',
  query: cursorQuery.extend({
    schoolId: recordId.optional().meta({ description: 'Of a school. Without this and `sourceId`: staff.' }),
    sourceId: recordId.optional().meta({ description: 'Of a publisher. Not together with `schoolId`.' }),
  }),
  responses: { 200: { description: 'One page, by ID.', body: peoplePage } },
})

export const readPerson = defineRoute({
  name: 'readPerson',
  method: 'GET',
  path: '/v1/ops/people/{personId}',
  caller: 'operator',
  summary: 'Everything that is stored about a person who signs in, except their entries in the audit',
  description: 'The audit lists what the person did: `GET /v1/ops/audit?actor={personId}`.',
  params,
  responses: {
    200: {
      description: 'The person, with the sessions that are accepted.',
      body: z
        .object({
          person: accessPerson,
          sessions: z.array(
            z
              .object({
                sessionId: idSchema('session'),
                startedAt: instant,
                lastUsedAt: instant,
                endsAt: instant,
                device: z.string().optional(),
              })
              .meta({ id: 'PersonSession' }),
          ),
          unopenedLinks: z.int().meta({ description: 'Invitations and sign-in links that can be opened.' }),
          notifications: notificationChoices
            .optional()
            .meta({ description: 'Which events the person chose to be emailed about.' }),
        })
        .meta({ id: 'PersonRecord' }),
    },
  },
  problems: ['NOT_FOUND'],
  example,
})

export const invitePerson = defineRoute({
  name: 'invitePerson',
  method: 'POST',
  path: '/v1/ops/people',
  caller: 'operator',
  summary: 'Invite a person of staff, of a school or of a publisher by email',
  description: invitationHelp,
  body: z
    .strictObject({ holder: personHolder, email, name, role: personRole })
    .superRefine(({ role, holder }, context) => {
      if (isRoleOf(role, holder)) return
      const allowedRoles = personRoles[holder.caller].join(', ')
      context.addIssue({ code: 'custom', path: ['role'], message: `must be one of ${allowedRoles} for this holder` })
    })
    .meta({ id: 'PersonRequest' }),
  responses: { 201: { description: 'Invited.', body: invitedPerson } },
  problems: ['EMAIL_TAKEN', 'TOO_MANY_PEOPLE'],
  example: {
    body: {
      holder: { caller: 'school', schoolId: 'tall-grass-college' },
      email: 'sam@tall-grass.example',
      name: 'Sam Rivera',
      role: 'officer',
    },
  },
})

export const changePerson = defineRoute({
  name: 'changePerson',
  method: 'PATCH',
  path: '/v1/ops/people/{personId}',
  caller: 'operator',
  summary: 'Change the name, email, role or status of a person',
  description: `${endsSessions} At least one owner stays active.`,
  params,
  body: z.strictObject({ ...changes, role: personRole.optional() }).meta({ id: 'PersonChange' }),
  responses: { 200: { description: 'Changed.', body: accessPerson } },
  problems: ['NOT_FOUND', 'EMAIL_TAKEN', 'LAST_OWNER'],
  example: { ...example, body: { role: 'viewer' } },
})

export const sendInvitation = defineRoute({
  name: 'sendInvitation',
  method: 'POST',
  path: '/v1/ops/people/{personId}/invitations',
  caller: 'operator',
  summary: 'Send a person a new invitation, which replaces the earlier one',
  params,
  responses: { 201: { description: 'Created.', body: invitedPerson } },
  problems: ['NOT_FOUND', 'PERSON_DISABLED'],
  example,
})

export const removePerson = defineRoute({
  name: 'removePerson',
  method: 'DELETE',
  path: '/v1/ops/people/{personId}',
  caller: 'operator',
  summary: 'Delete a person with their email, sessions and links',
  description: 'Entries of the audit, and records that the person wrote, keep the name: they say who did what.',
  params,
  responses: { 204: { description: 'Deleted.' } },
  problems: ['NOT_FOUND', 'LAST_OWNER'],
  example,
})

export const listColleagues = defineRoute({
  name: 'listColleagues',
  method: 'GET',
  path: '/v1/school/people',
  caller: 'school',
  summary: 'List the people of your school who may sign in to the portal',
  query: cursorQuery,
  responses: { 200: { description: 'One page, by ID.', body: peoplePage } },
})

export const inviteColleague = defineRoute({
  name: 'inviteColleague',
  method: 'POST',
  path: '/v1/school/people',
  caller: 'school',
  summary: 'Invite a colleague to the portal by email',
  description: invitationHelp,
  body: z.strictObject({ email, name, role: schoolRole }).meta({ id: 'ColleagueRequest' }),
  responses: { 201: { description: 'Invited.', body: invitedPerson } },
  problems: ['EMAIL_TAKEN', 'TOO_MANY_PEOPLE'],
  example: { body: { email: 'sam@tall-grass.example', name: 'Sam Rivera', role: 'officer' } },
})

export const changeColleague = defineRoute({
  name: 'changeColleague',
  method: 'PATCH',
  path: '/v1/school/people/{personId}',
  caller: 'school',
  summary: 'Change the name, email, role or status of a colleague',
  description: endsSessions,
  params,
  body: z.strictObject({ ...changes, role: schoolRole.optional() }).meta({ id: 'ColleagueChange' }),
  responses: { 200: { description: 'Changed.', body: accessPerson } },
  problems: ['NOT_FOUND', 'EMAIL_TAKEN'],
  example: { ...example, body: { status: 'disabled' } },
})

export const sendColleagueInvitation = defineRoute({
  name: 'sendColleagueInvitation',
  method: 'POST',
  path: '/v1/school/people/{personId}/invitations',
  caller: 'school',
  summary: 'Send a colleague a new invitation, which replaces the earlier one',
  params,
  responses: { 201: { description: 'Created.', body: invitedPerson } },
  problems: ['NOT_FOUND', 'PERSON_DISABLED'],
  example,
})

export const removeColleague = defineRoute({
  name: 'removeColleague',
  method: 'DELETE',
  path: '/v1/school/people/{personId}',
  caller: 'school',
  summary: 'Delete a colleague with their email, sessions and links',
  params,
  responses: { 204: { description: 'Deleted.' } },
  problems: ['NOT_FOUND'],
  example,
})
