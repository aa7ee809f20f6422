import * as z from 'zod'
import { type Generation, generation, toOwnerName } from '../../catalog/generation.ts'
import { recordId } from '../../vocabulary.ts'

export const accountKind = z.enum(['schools', 'sources'])
export type AccountKind = z.output<typeof accountKind>

/** Whose money a ledger is about: a school, which pays for leads, or a source, which is paid for them. */
export const account = z.object({ kind: accountKind, id: recordId, generation }).meta({ id: 'Account' })
export type Account = { kind: AccountKind; id: string; generation?: Generation }

/** `schools#lone-prairie`: the name under which the rows of an account are stored, which is also that of its counters. */
export function toAccountName({ kind, ...identity }: Account): string {
  return `${kind}#${toOwnerName(identity)}`
}
