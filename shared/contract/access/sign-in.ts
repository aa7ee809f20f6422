import * as z from 'zod'
import { accessPerson, signInLinkMinutes } from '../../domain/access/access-person.ts'
import { secondFactorState } from '../../domain/access/second-factor.ts'
import { emailInput } from '../../domain/fields/person-fields.ts'
import { idSchema } from '../../domain/ids.ts'
import { instant, singleLine } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'
import { sessionCookies, signInApp } from './session-carriers.ts'

const ownSession = z
  .object({
    sessionId: idSchema('session'),
    isCurrent: z.boolean(),
    startedAt: instant,
    lastUsedAt: instant.meta({ description: 'Updated at most once in five minutes.' }),
    endsAt: instant.meta({ description: 'The latest end. A session that is not used ends earlier.' }),
    device: z.string().optional(),
  })
  .meta({ id: 'OwnSession' })

export const deviceName = singleLine(60)
  .optional()
  .meta({ description: 'What the list of sessions shows, such as `Firefox on macOS`.' })

const self = accessPerson
  .pick({ personId: true, holder: true, email: true, name: true, role: true })
  .meta({ id: 'SignedInPerson' })

/** Signed in, or waiting for the code of the person's authenticator app. */
export const signedIn = z
  .object({ person: self, app: signInApp, secondFactor: secondFactorState })
  .meta({ id: 'SignedIn' })

export const requestSignIn = defineRoute({
  name: 'requestSignIn',
  method: 'POST',
  path: '/v1/sign-in-requests',
  caller: 'anyone',
  summary: 'Ask for a sign-in link by email',
  description:
    'The response is the same, and takes as long, whether or not someone signs in with this email. The link works once, for ' +
    `${signInLinkMinutes} minutes, and in the browser that asked for it.`,
  body: z.strictObject({ app: signInApp, email: emailInput }).meta({ id: 'SignInRequest' }),
  responses: {
    202: {
      description: 'If someone signs in with this email, they get a link.',
      body: z.object({ validMinutes: z.int() }).meta({ id: 'SignInRequested' }),
    },
  },
  problems: ['TOO_MANY_REQUESTS', 'APP_HEADER_REQUIRED'],
  example: { body: { app: 'portal', email: 'sam@tall-grass.example' } },
})

export const signIn = defineRoute({
  name: 'signIn',
  method: 'POST',
  path: '/v1/sign-ins',
  caller: 'anyone',
  summary: 'Exchange a sign-in link or invitation for a session, once',
  description: `The session is a cookie, \`${sessionCookies.console}\` or \`${sessionCookies.portal}\`, which scripts cannot read.`,
  body: z
    .strictObject({
      token: z.string().min(1).max(200),
      device: deviceName,
    })
    .meta({ id: 'SignIn' }),
  responses: {
    201: { description: 'Signed in. `code-required`: the session is one only once a code was sent.', body: signedIn },
  },
  problems: ['LINK_USED', 'LINK_EXPIRED', 'LINK_OTHER_BROWSER', 'TOO_MANY_REQUESTS', 'APP_HEADER_REQUIRED'],
  example: { body: { token: 'psn_4fJ0q2mXbW7cT1nZ8yKd5A.c2VjcmV0' } },
})

export const readSelf = defineRoute({
  name: 'readSelf',
  method: 'GET',
  path: '/v1/session',
  caller: 'person',
  withoutSecondFactor: true,
  summary: 'Who is signed in with this session',
  responses: {
    200: { description: 'The person.', body: self.extend({ secondFactor: secondFactorState }).meta({ id: 'Self' }) },
  },
})

export const listOwnSessions = defineRoute({
  name: 'listOwnSessions',
  method: 'GET',
  path: '/v1/sessions',
  caller: 'person',
  summary: 'List your own sessions, latest first',
  responses: {
    200: {
      description: 'All that are accepted.',
      body: z.object({ sessions: z.array(ownSession) }),
    },
  },
})

export const signOut = defineRoute({
  name: 'signOut',
  method: 'DELETE',
  path: '/v1/session',
  caller: 'person',
  withoutSecondFactor: true,
  summary: 'Sign out: end this session',
  responses: { 204: { description: 'Ended.' } },
})

export const endPersonSession = defineRoute({
  name: 'endPersonSession',
  method: 'DELETE',
  path: '/v1/sessions/{sessionId}',
  caller: 'person',
  summary: 'End one of your own sessions',
  params: z.object({ sessionId: idSchema('session') }),
  responses: { 204: { description: 'Ended.' } },
  problems: ['NOT_FOUND'],
  example: { params: { sessionId: 'ses_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})

export const signOutEverywhere = defineRoute({
  name: 'signOutEverywhere',
  method: 'DELETE',
  path: '/v1/sessions',
  caller: 'person',
  summary: 'Sign out everywhere: end all your sessions, this one too',
  responses: { 204: { description: 'Ended. Sign-in links that were not opened are void, too.' } },
})
