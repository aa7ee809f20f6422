import * as z from 'zod'
import { recoveryCodeCount } from '../../domain/access/second-factor.ts'
import { idSchema } from '../../domain/ids.ts'
import { defineRoute } from '../route.ts'
import { deviceName, signedIn } from './sign-in.ts'

const code = z.string().min(1).max(40).meta({
  description: 'Six digits of the authenticator app, or a recovery code. Spaces and hyphens do not matter.',
  example: '492039',
})
const codeProblems = ['CODE_WRONG', 'CODES_LOCKED', 'TOO_MANY_REQUESTS'] as const

export const proveSecondFactor = defineRoute({
  name: 'proveSecondFactor',
  method: 'POST',
  path: '/v1/session/second-factor',
  caller: 'person',
  withoutSecondFactor: true,
  summary: 'Enter the code of the authenticator app, which completes signing in',
  description: 'A new session replaces the one that waited. Each code is accepted once.',
  body: z.strictObject({ code, device: deviceName }).meta({ id: 'SecondFactorProof' }),
  responses: { 201: { description: 'Signed in.', body: signedIn } },
  problems: [...codeProblems, 'NOT_FOUND'],
  example: { body: { code: '492039' } },
})

export const startSecondFactor = defineRoute({
  name: 'startSecondFactor',
  method: 'POST',
  path: '/v1/second-factor/setups',
  caller: 'person',
  summary: 'Begin to set up an authenticator app, for staff',
  description: 'If one is set up, its code is required, and it counts until a code of the new one was entered.',
  body: z.strictObject({ code: code.optional() }).meta({ id: 'SecondFactorSetupRequest' }),
  responses: {
    201: {
      description: 'What the app needs. It cannot be read again.',
      body: z
        .object({
          secret: z.string().meta({ description: 'Base32, to type into the app.', example: 'JBSWY3DPEHPK3PXP' }),
          uri: z.string().meta({ description: '`otpauth://`, to show as a QR code.' }),
        })
        .meta({ id: 'SecondFactorSetup' }),
    },
  },
  problems: [...codeProblems, 'ROLE_NOT_ALLOWED'],
  example: { body: {} },
})

export const confirmSecondFactor = defineRoute({
  name: 'confirmSecondFactor',
  method: 'POST',
  path: '/v1/second-factor',
  caller: 'person',
  summary: 'Complete the setup of an authenticator app with a code that it shows',
  description: 'All other sessions of the person end.',
  body: z.strictObject({ code }).meta({ id: 'SecondFactorConfirmation' }),
  responses: {
    201: {
      description: `Set up. Each of the ${recoveryCodeCount} recovery codes is accepted once in place of a code.`,
      body: z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' }),
    },
  },
  problems: ['CODE_WRONG', 'TOO_MANY_REQUESTS', 'NOT_FOUND'],
  example: { body: { code: '492039' } },
})

export const resetSecondFactor = defineRoute({
  name: 'resetSecondFactor',
  method: 'DELETE',
  path: '/v1/ops/people/{personId}/second-factor',
  caller: 'operator',
  summary: 'Reset the authenticator app of a person who has lost it',
  description: 'All their sessions end. No one can reset their own.',
  params: z.object({ personId: idSchema('person') }),
  responses: { 204: { description: 'Reset.' } },
  problems: ['NOT_FOUND', 'OWN_SECOND_FACTOR'],
  example: { params: { personId: 'psn_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})
