import { readLead as route } from '#shared/contract/operator.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { maskContact, maskIp, maskLabels, maskUrl } from '#shared/domain/aftercare/mask.ts'
import type { Consent } from '#shared/domain/capture/consent.ts'
import type { ForgottenLead, Lead } from '#shared/domain/capture/lead.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Needs = Pick<Dependencies, 'leads' | 'deliveries'>

/** The whole story of a lead: what was agreed to, what was decided and why, how each delivery went, and who looked. */
export async function readLead({ params }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const found = await needs.leads.story(params.leadId)
  if (!found) throw new Refusal('NOT_FOUND', 'There is no lead of that id.')
  const { consent, decisions, reveals } = found
  const logs = await Promise.all(
    decisions.flatMap(({ deliveries }) => deliveries.map(({ deliveryId }) => needs.deliveries.log(deliveryId))),
  )
  const deliveries = logs.flatMap((log) => log ?? [])
  const told = 'lead' in found ? maskLead(found.lead) : remainsOf(found.forgotten)
  return {
    status: 200,
    body: {
      ...told,
      ...(consent && { consent: maskConsent(consent) }),
      reveals,
      decisions: decisions.map(({ decision }) => decision),
      deliveries,
    },
  }
}

function maskLead(lead: Lead) {
  // The lead's own state is that of the contact.
  const { state: _, ...contact } = lead.contact
  const { page, subIds, utm } = lead
  const masked = {
    contact: maskContact(contact),
    page: maskPage(page),
    subIds: maskLabels(subIds),
    utm: maskLabels(utm),
  }
  return { ...lead, ...masked }
}

function remainsOf({ erasureId, erasedAt, ...lead }: ForgottenLead) {
  return { ...lead, erased: { erasureId, erasedAt } }
}

function maskConsent(consent: Consent): Consent {
  return { ...consent, page: maskPage(consent.page), ...(consent.ip && { ip: maskIp(consent.ip) }) }
}

function maskPage({ url, referrer }: { url: string; referrer?: string | undefined }) {
  return { url: maskUrl(url), ...(referrer !== undefined && { referrer: maskUrl(referrer) }) }
}

export const handler = serve(route, readLead)
