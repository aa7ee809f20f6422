import { parsePersonRow, parseSuppressionCsv } from '#shared/domain/aftercare/suppression-csv.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { auditChange } from '#shared/workflows/access/audit-change.ts'
import { continueWithdrawal } from '#shared/workflows/aftercare/continue-withdrawal.ts'
import { erasePersonData } from '#shared/workflows/aftercare/erase-person-data.ts'
import {
  identifyHashedPerson,
  identifyPerson,
  type WithdrawnPerson,
} from '#shared/workflows/aftercare/identify-person.ts'
import { indexEarlierLeads } from '#shared/workflows/aftercare/index-earlier-leads.ts'
import { withdrawConsent } from '#shared/workflows/aftercare/withdraw-consent.ts'
import { RestoreFault } from './restore-stage.ts'

/** A person who was erased or withdrew since the backup. */
export type SettledPerson = {
  plain: { email?: string | undefined; phone?: string | undefined }
  hashes: { email?: string | undefined; phone?: string | undefined }
}
type PeopleDependencies = Pick<
  Dependencies,
  | 'suppressions'
  | 'withdrawals'
  | 'erasures'
  | 'personErasure'
  | 'leads'
  | 'personIndex'
  | 'deliveries'
  | 'digests'
  | 'sealer'
  | 'proofSealer'
> &
  Pick<Dependencies, 'newId' | 'now' | 'log' | 'measure'>

const actor = { kind: 'system', name: 'ops settle' } as const
/** A run is not limited in time. */
const noDeadline = '9999-12-31T23:59:59.999Z'

/** Reads the people of a CSV, with the columns of an import of suppressions. @throws RestoreFault that names each wrong row */
export function parsePeople(csv: string, file: string): SettledPerson[] {
  const { header, rows } = parseSuppressionCsv(csv)
  const people = rows.map((cells) => parsePersonRow(cells, header))
  const faults = people.flatMap((person, index) => ('code' in person ? [`  row ${index + 1} ${person.detail}`] : []))
  if (rows.length === 0 || faults.length > 0)
    throw new RestoreFault(
      [`${file} must be a CSV with a column \`email\` or \`phone\`, and one person in each row.`, ...faults].join('\n'),
    )
  return people.flatMap((person) => ('code' in person ? [] : [person]))
}

/**
 * Records the withdrawals and completes each, except for notices to schools, which are sent once the folder is released. Every
 * school of a lead gets one: what was sent since the backup is not known.
 */
export async function withdrawPeople(people: readonly SettledPerson[], deps: PeopleDependencies): Promise<void> {
  for (const person of people.flatMap((one) => identify(one, deps))) {
    const request = { person, scope: { kind: 'all-schools' }, basis: 'withdrawal', actor, channel: 'import' } as const
    const { withdrawalId } = await withdrawConsent(request, deps)
    await continueWithdrawal({ withdrawalId, deadline: noDeadline, notify: 'every-school' }, deps)
  }
}

/** Erases the people again. Every school of a lead gets a notice: what was sent since the backup is not known. */
export async function erasePeople(people: readonly SettledPerson[], deps: PeopleDependencies): Promise<void> {
  for (const { plain, hashes } of people) {
    const digests = [
      ...deps.digests.listStoredDigests(plain),
      ...Object.values(hashes).flatMap((hex) => (hex ? [deps.digests.hashSha256(hex)] : [])),
    ]
    if (hashes.email || hashes.phone) await indexEarlierLeads(noDeadline, deps)
    const erasureId = deps.newId('erasure')
    const requestedAt = deps.now().toISOString()
    const change = { actor, action: 'person.erased', record: { kind: 'erasures', id: erasureId } } as const
    const by = { keyId: 'settle', name: actor.name }
    await deps.erasures.start({ erasureId, requestedAt, by }, digests, [auditChange(change, deps)])
    await erasePersonData({ erasureId, deadline: noDeadline, notify: 'every-school' }, deps)
  }
}

function identify({ plain, hashes }: SettledPerson, deps: Pick<Dependencies, 'digests' | 'sealer'>): WithdrawnPerson[] {
  return [
    ...(plain.email || plain.phone ? [identifyPerson(plain, deps)] : []),
    ...(hashes.email || hashes.phone ? [identifyHashedPerson(hashes, deps)] : []),
  ]
}
