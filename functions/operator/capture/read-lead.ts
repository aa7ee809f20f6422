import { readLead as route } from '#shared/contract/capture/leads.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { hidesNotes, withoutNote, withoutReturnNotes } from '#shared/domain/aftercare/hide-notes.ts'
import { maskAttempt, maskContact, maskIp, maskLabels, maskUrl } from '#shared/domain/aftercare/mask.ts'
import { computeHonorDeadline, type LeadWithdrawal } from '#shared/domain/aftercare/withdrawal.ts'
import type { Consent } from '#shared/domain/capture/consent.ts'
import type { ErasedLead, Lead } from '#shared/domain/capture/lead.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { DeliveryWithAttempts } from '#shared/store/delivery/delivery-row.ts'
import { loadWithdrawalNotices } from '#shared/workflows/aftercare/load-withdrawal-notices.ts'
import { listCertificates } from '#shared/workflows/capture/list-certificates.ts'
import { type ReadAccessDependencies, readLeadAccess } from '#shared/workflows/capture/read-access.ts'

type ReadLeadDependencies = Pick<Dependencies, 'leads' | 'certificates' | 'deliveries' | 'withdrawals'> &
  ReadAccessDependencies

/** The timeline of a lead: consent, decisions with reasons, deliveries with attempts, and reveals. Contact details are masked. */
export async function readLead(
  { params, principal }: Request<typeof route>,
  deps: ReadLeadDependencies,
): Promise<Reply<typeof route>> {
  const timeline = await deps.leads.getTimeline(params.leadId)
  if (!timeline) throw new Refusal('NOT_FOUND', 'Lead not found.')
  const { consent, decisions, reveals, withdrawals } = timeline
  const logs = await Promise.all(
    decisions.flatMap(({ deliveries }) =>
      deliveries.map(({ deliveryId }) => deps.deliveries.findWithAttempts(deliveryId)),
    ),
  )
  const reader = { kind: 'staff', scope: principal.scope, act: 'list' } as const
  const access = 'lead' in timeline ? await readLeadAccess(reader, timeline.lead, deps) : undefined
  const deliveries = logs.flatMap((log) =>
    log ? [hidesNotes(access ?? { view: 'none', reason: 'erased' }) ? withoutQuotes(log) : log] : [],
  )
  const leadFields = 'lead' in timeline ? maskLead(timeline.lead) : toErasedLead(timeline.erasedLead)
  return {
    status: 200,
    body: {
      ...leadFields,
      ...(access?.view === 'masked' && { masked: access.reason }),
      ...(consent && {
        consent: maskConsent(consent),
        certificates: await listCertificates(params.leadId, consent, deps),
      }),
      reveals,
      withdrawals: await Promise.all(withdrawals.map((one) => addNotices(one, params.leadId, deps))),
      decisions: decisions.map(({ decision }) => decision),
      deliveries,
    },
  }
}

async function addNotices(
  leadWithdrawal: LeadWithdrawal,
  leadId: string,
  deps: Pick<Dependencies, 'withdrawals' | 'deliveries'>,
) {
  const notices = await loadWithdrawalNotices(leadWithdrawal.withdrawalId, deps)
  return {
    ...leadWithdrawal,
    honorBy: computeHonorDeadline(leadWithdrawal.at),
    notices: notices.filter((notice) => notice.leadId === leadId),
  }
}

function maskLead(lead: Lead) {
  // The lead itself has the state of the contact.
  const { state: _, ...contact } = lead.contact
  const { page, subIds, utm } = lead
  const maskedFields = {
    contact: maskContact(contact),
    page: maskPage(page),
    subIds: maskLabels(subIds),
    utm: maskLabels(utm),
  }
  return { ...lead, ...maskedFields }
}

/** Without what others wrote about the lead. */
function withoutQuotes({ return: leadReturn, ...log }: DeliveryWithAttempts): DeliveryWithAttempts {
  return {
    ...log,
    attemptLog: log.attemptLog.map(maskAttempt),
    dispositions: log.dispositions.map(withoutNote),
    ...(leadReturn && { return: withoutReturnNotes(leadReturn) }),
  }
}

function toErasedLead({ erasureId, erasedAt, ...lead }: ErasedLead) {
  return { ...lead, erased: { erasureId, erasedAt } }
}

function maskConsent(consent: Consent): Consent {
  return { ...consent, page: maskPage(consent.page), ...(consent.ip && { ip: maskIp(consent.ip) }) }
}

function maskPage({ url, referrer }: { url: string; referrer?: string | undefined }) {
  return { url: maskUrl(url), ...(referrer !== undefined && { referrer: maskUrl(referrer) }) }
}

export const handler = defineHandler(route, readLead)
