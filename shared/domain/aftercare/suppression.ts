import * as z from 'zod'
import { actor } from '../access/actor.ts'
import { generation, toOwnerName } from '../catalog/generation.ts'
import { idSchema } from '../ids.ts'
import { instant, recordId, singleLine } from '../vocabulary.ts'

const recordGeneration = generation.meta({
  description: 'Which record of the ID. Absent unless the ID was used before.',
})

/** To which schools a suppression applies. `source`: to every school, but only for leads of this source. */
export const suppressionScope = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all-schools') }),
    z.strictObject({ kind: z.literal('school'), schoolId: recordId, generation: recordGeneration }),
    z.strictObject({ kind: z.literal('source'), sourceId: recordId, generation: recordGeneration }),
  ])
  .meta({ id: 'SuppressionScope' })
export type SuppressionScope = z.output<typeof suppressionScope>

/**
 * `withdrawal`: consent that was granted earlier no longer counts; later written consent does. `do-not-contact`: no
 * consent counts until staff lift it, such as a legal demand or a do-not-call list.
 */
export const suppressionBasis = z.enum(['withdrawal', 'do-not-contact']).meta({ id: 'SuppressionBasis' })
export type SuppressionBasis = z.output<typeof suppressionBasis>

/** The list of a third party that a `do-not-contact` was imported from. */
export const contactList = z.enum(['do-not-call', 'litigator']).meta({
  id: 'ContactList',
  description: '`do-not-call`: a do-not-call list. `litigator`: a list of people who sue over calls.',
})
export type ContactList = z.output<typeof contactList>

/** By which way a withdrawal or a suppression came. */
export const withdrawalChannel = z
  .enum([
    'link',
    'page',
    'source-api',
    'school-api',
    'portal',
    'school-csv',
    'disposition',
    'staff',
    'import',
    'erasure',
  ])
  .meta({
    id: 'WithdrawalChannel',
    description:
      '`link`: the signed link of a lead. `page`: a landing page with its publishable key. `source-api`: the server of a ' +
      'source. `disposition`: a school recorded `opted-out`. `erasure`: staff erased the person and suppressed them.',
  })
export type WithdrawalChannel = z.output<typeof withdrawalChannel>

export const withdrawalMeans = z.enum(['phone', 'email', 'mail', 'in-person', 'other']).meta({
  id: 'WithdrawalMeans',
  description: 'How the person asked staff.',
})
export type WithdrawalMeans = z.output<typeof withdrawalMeans>

export const suppressionReason = singleLine(500).meta({ description: 'Must not contain personal data.' })

/** What routing reads of a suppression. A person has at most one of each scope and basis in effect. */
export const activeSuppression = z.object({
  suppressionId: idSchema('suppression'),
  scope: suppressionScope,
  basis: suppressionBasis,
  list: contactList.optional(),
  at: instant,
})
export type ActiveSuppression = z.output<typeof activeSuppression>

/** The history of a suppression: who made it, why, and what ended it. It names the person by nothing but kinds of identifiers. */
export const suppression = z
  .strictObject({
    ...activeSuppression.shape,
    state: z
      .enum(['active', 'lifted', 'replaced'])
      .meta({ description: '`replaced`: a later one of the same person, scope and basis is in effect.' }),
    identifiers: z.array(z.enum(['email', 'phone'])).meta({ description: 'By what the person is recognized.' }),
    isHashed: z.boolean().meta({ description: 'Whether only the SHA-256 of the identifier is known.' }),
    actor,
    channel: withdrawalChannel,
    means: withdrawalMeans.optional(),
    reason: suppressionReason.optional(),
    leadId: idSchema('lead').optional(),
    withdrawalId: idSchema('withdrawal').optional(),
    endedAt: instant.optional(),
    endedBy: actor.optional(),
    endReason: singleLine(500).optional(),
    supersededBy: z
      .array(z.strictObject({ leadId: idSchema('lead'), at: instant, schoolIds: z.array(recordId) }))
      .meta({
        description: 'Later written consents: for these schools the suppression does not apply to these leads.',
      }),
  })
  .meta({ id: 'Suppression' })
export type Suppression = z.output<typeof suppression>

/** The consent that is about to be used. `sourceOwner`: the owner name of its source. */
export type ConsentUse = { sourceOwner: string; grantedAt: string }

/** Returns the owner name of the school or source of a scope: a later record with the same ID is another one. */
export function getScopeOwner(scope: SuppressionScope): string | undefined {
  if (scope.kind === 'all-schools') return undefined
  return toOwnerName({ id: scope.kind === 'school' ? scope.schoolId : scope.sourceId, generation: scope.generation })
}

/** Returns the suppressions that apply to a consent, each for the schools of its scope. */
export function findApplicable(
  suppressions: readonly ActiveSuppression[],
  { sourceOwner, grantedAt }: ConsentUse,
): ActiveSuppression[] {
  return suppressions.filter(
    ({ basis, at, scope }) =>
      (basis === 'do-not-contact' || at >= grantedAt) &&
      (scope.kind !== 'source' || getScopeOwner(scope) === sourceOwner),
  )
}

/** Whether no school, or which single schools by owner name, may get a lead under a consent. */
export function findSuppressedSchools(
  suppressions: readonly ActiveSuppression[],
  use: ConsentUse,
): { everywhere: boolean; schoolOwners: string[]; list?: ContactList } {
  const applicable = findApplicable(suppressions, use)
  const scopes = applicable.map(({ scope }) => scope)
  const [list] = applicable.flatMap((one) => one.list ?? [])
  return {
    everywhere: scopes.some(({ kind }) => kind !== 'school'),
    schoolOwners: scopes.flatMap((scope) => (scope.kind === 'school' ? (getScopeOwner(scope) ?? []) : [])),
    // What the person said outranks what a list says.
    ...(list && applicable.every((one) => one.list !== undefined) && { list }),
  }
}

/** Whether a later consent supersedes a suppression for the schools that it names. */
export function isSuperseded(
  { basis, at, scope }: Omit<ActiveSuppression, 'suppressionId'>,
  { sourceOwner, grantedAt }: ConsentUse,
): boolean {
  return basis === 'withdrawal' && at < grantedAt && (scope.kind !== 'source' || getScopeOwner(scope) === sourceOwner)
}

/** Names a scope and basis: a later suppression of the same name replaces the earlier one. */
export function nameSuppression({
  scope,
  basis,
  list,
}: Pick<ActiveSuppression, 'scope' | 'basis'> & { list?: ContactList | undefined }): string {
  return `${basis}#${scope.kind}#${getScopeOwner(scope) ?? ''}${list ? `#${list}` : ''}`
}
