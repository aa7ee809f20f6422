import * as z from 'zod'
import { defineRoute } from '../route.ts'
import { deviceName, signedIn } from './sign-in.ts'

const problems = ['PROVIDER_UNAVAILABLE', 'TOO_MANY_REQUESTS', 'APP_HEADER_REQUIRED', 'NOT_FOUND'] as const

export const readSignInOptions = defineRoute({
  name: 'readSignInOptions',
  method: 'GET',
  path: '/v1/sign-in-options',
  caller: 'anyone',
  summary: 'How staff can sign in besides by email',
  responses: {
    200: {
      description: 'The OpenID provider of staff, if this system has one.',
      body: z
        .object({ provider: z.object({ name: z.string() }).meta({ id: 'SignInProvider' }).optional() })
        .meta({ id: 'SignInOptions' }),
    },
  },
})

export const startProviderSignIn = defineRoute({
  name: 'startProviderSignIn',
  method: 'POST',
  path: '/v1/provider-sign-ins',
  caller: 'anyone',
  summary: 'Begin to sign in to the console at the OpenID provider of staff',
  description: 'The provider sends the browser back to `/console`. Within ten minutes, only this browser can go on.',
  body: z.strictObject({}).meta({ id: 'ProviderSignInRequest' }),
  responses: {
    201: { description: 'Where the browser goes.', body: z.object({ url: z.url() }).meta({ id: 'ProviderAddress' }) },
  },
  problems,
  example: { body: {} },
})

export const completeProviderSignIn = defineRoute({
  name: 'completeProviderSignIn',
  method: 'POST',
  path: '/v1/provider-sign-ins/completions',
  caller: 'anyone',
  summary: 'Exchange what the OpenID provider sent back for a session',
  description: 'Only verified emails of people who were invited are let in.',
  body: z
    .strictObject({
      parameters: z.string().min(1).max(6000).meta({ description: 'The query of the address that the provider sent.' }),
      device: deviceName,
    })
    .meta({ id: 'ProviderSignIn' }),
  responses: { 201: { description: 'Signed in. `code-required`: as for `signIn`.', body: signedIn } },
  problems: [...problems, 'PROVIDER_SIGN_IN_EXPIRED', 'PROVIDER_REFUSED', 'PROVIDER_EMAIL_UNKNOWN'],
  example: { body: { parameters: 'code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj' } },
})
