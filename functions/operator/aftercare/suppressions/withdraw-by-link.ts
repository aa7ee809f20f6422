import { showWithdrawalPage, withdrawByLink as withdrawRoute } from '#shared/contract/aftercare/withdrawals.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import type { SuppressionScope } from '#shared/domain/aftercare/suppression.ts'
import type { Consent } from '#shared/domain/capture/consent.ts'
import type { Lead } from '#shared/domain/capture/lead.ts'
import { type Generation, isSameGeneration } from '#shared/domain/catalog/generation.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { getWithdrawalLimits } from '#shared/http/limits.ts'
import {
  renderWithdrawalDone,
  renderWithdrawalPage,
  withdrawalPageHeaders,
} from '#shared/outbound/page/withdrawal-page.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { identifyErasedPerson, identifyPerson } from '#shared/workflows/aftercare/identify-person.ts'
import { type WithdrawConsentDependencies, withdrawConsent } from '#shared/workflows/aftercare/withdraw-consent.ts'

type ShowPageDependencies = Pick<Dependencies, 'leads' | 'records' | 'digests'>
type WithdrawByLinkDependencies = ShowPageDependencies & WithdrawConsentDependencies & Pick<Dependencies, 'sealer'>

/** Shows what a withdrawal does, with a button. It changes nothing, because programs open the links of messages too. */
export async function showPage(
  { params }: Request<typeof showWithdrawalPage>,
  deps: ShowPageDependencies,
): Promise<Reply<typeof showWithdrawalPage>> {
  const leadId = openLink(params.token, deps)
  const consent = await deps.leads.findConsent(leadId)
  const schools = await listNamedSchools(consent, deps)
  return {
    status: 200,
    headers: withdrawalPageHeaders,
    body: await renderWithdrawalPage({ token: params.token, schools }),
  }
}

/**
 * Withdraws consent from the leads of this source, or at one school that the consent named. The sender of the lead has the
 * link, which need not be the person whose address it has; so it reaches no lead of another source, as a page key does.
 */
export async function withdrawByLink(
  { params, query, ip, spend }: Request<typeof withdrawRoute>,
  deps: WithdrawByLinkDependencies,
): Promise<Reply<typeof withdrawRoute>> {
  const leadId = openLink(params.token, deps)
  for (const limit of getWithdrawalLimits({ ip }, deps)) await spend(limit)
  const [origin, consent] = await Promise.all([deps.leads.findOrigin(leadId), deps.leads.findConsent(leadId)])
  const school =
    query.school === undefined
      ? undefined
      : (await listNamedSchools(consent, deps)).find(({ id }) => id === query.school)
  if (query.school !== undefined && !school) throw new Refusal('NOT_FOUND', 'Your request did not name this school.')
  // Of an erased lead, the proof of consent still has the HMACs of the person.
  const person = origin?.contact
    ? identifyPerson({ email: origin.contact.email, phone: origin.contact.phone }, deps)
    : consent?.people && identifyErasedPerson(consent.people, deps)
  if (origin && person)
    await withdrawConsent(
      {
        person,
        scope: school ? toSchoolScope(school) : toSourceScope(origin),
        basis: 'withdrawal',
        actor: { kind: 'visitor' },
        channel: 'link',
        leadId,
      },
      deps,
    )
  return { status: 202, headers: withdrawalPageHeaders, body: await renderWithdrawalDone(school?.name) }
}

/** @throws Refusal if the link is not one of ours */
function openLink(token: string, { digests }: Pick<Dependencies, 'digests'>): string {
  const [leadId = '', signature = ''] = token.split('.')
  if (digests.isLinkSignature(leadId, signature)) return leadId
  throw new Refusal('NOT_FOUND', 'This link is incomplete. Open it again from your confirmation.')
}

/** The schools of a consent that still exist. A later school with the ID of a deleted one was not named. */
async function listNamedSchools(consent: Consent | undefined, { records }: Pick<Dependencies, 'records'>) {
  const { schoolIds = [], disclosure } = consent ?? {}
  const rows = await Promise.all(schoolIds.map((id) => records.get('schools', id)))
  return rows.flatMap((row) => {
    if (!row || !isSameGeneration(row.generation, disclosure?.schoolGenerations?.[row.id])) return []
    return [{ id: row.id, name: school.parse(row.body).name, generation: row.generation }]
  })
}

function toSchoolScope({ id, generation }: { id: string; generation: Generation }): SuppressionScope {
  return { kind: 'school', schoolId: id, ...(generation && { generation }) }
}

function toSourceScope({ sourceId, sourceGeneration }: Pick<Lead, 'sourceId' | 'sourceGeneration'>): SuppressionScope {
  return { kind: 'source', sourceId, ...(sourceGeneration && { generation: sourceGeneration }) }
}

export const showHandler = defineHandler(showWithdrawalPage, showPage)
export const withdrawHandler = defineHandler(withdrawRoute, withdrawByLink)
