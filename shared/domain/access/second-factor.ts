import * as z from 'zod'
import type { AccessPerson } from './access-person.ts'

/** Which staff must enter a code of an authenticator app after a link or a provider has signed them in. All may. */
export const secondFactorPolicy = z.enum(['optional', 'owners', 'staff'])
export type SecondFactorPolicy = z.output<typeof secondFactorPolicy>

/**
 * `code-required`: the session waits for a code. `setup-required`: nothing is allowed until the person has set up an
 * authenticator app.
 */
export const secondFactorState = z
  .enum(['off', 'on', 'code-required', 'setup-required'])
  .meta({ id: 'SecondFactorState' })
export type SecondFactorState = z.output<typeof secondFactorState>

export function isSecondFactorRequired(
  { holder, role }: Pick<AccessPerson, 'holder' | 'role'>,
  policy: SecondFactorPolicy = 'optional',
): boolean {
  if (holder.caller !== 'operator') return false
  return policy === 'staff' || (policy === 'owners' && role === 'owner')
}

/** Wrong codes in a row after which no code is accepted for a while. */
export const maxWrongCodes = 10
export const lockHours = 1
/** How long a session waits for its code. */
export const codeMinutes = 10
export const recoveryCodeCount = 10

/** People copy codes with spaces and hyphens. */
export function normalizeCode(text: string): string {
  return text.replace(/[\s-]/g, '').toUpperCase()
}
