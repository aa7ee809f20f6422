import { exportLeads as route } from '#shared/contract/capture/lead-search.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { maskContact } from '#shared/domain/aftercare/mask.ts'
import { type LeadLine, leadCsv } from '#shared/format/lead-csv.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { pageAsked, pageTold } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { revealedBy } from '../aftercare/revealed-by.ts'
import { passes } from './passes.ts'

type Needs = Pick<Dependencies, 'leads' | 'deliveries' | 'reveals' | 'keyRing' | 'tokens' | 'newId' | 'now'>
type Found = NonNullable<Awaited<ReturnType<Needs['leads']['find']>>>

const leadsOfPage = 50

/** The leads of a day for a spreadsheet. Whoever has them unmasked is noted with each lead, before it is told. */
export async function exportLeads(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { body, principal } = request
  const { day, filter, contacts, purpose, cursor } = body
  if (contacts === 'revealed' && principal.scope === 'read')
    throw new Refusal('KEY_READ_ONLY', 'This key may have contacts masked only: use one of a wider scope.')
  const list = `export:${day}`
  const { leads, next } = await needs.leads.ofDay(day, await pageAsked(list, { cursor, limit: leadsOfPage }, needs))
  const found = await Promise.all(leads.filter(passes(filter)).map(({ leadId }) => needs.leads.find(leadId)))
  const stories = found.flatMap((one) => one ?? [])
  if (contacts === 'revealed') {
    const reveal = await revealedBy(principal, purpose, needs)
    await needs.reveals.note(
      stories.map(({ lead: { leadId } }) => ({ leadId, revealId: needs.newId('reveal'), reveal })),
    )
  }
  const lines = await Promise.all(stories.map((story) => lineOf(story, contacts, needs)))
  const { page } = await pageTold(list, { path: route.path, query: {}, next }, needs)
  return {
    status: 200,
    headers: page.nextCursor === null ? {} : { 'x-next-cursor': page.nextCursor },
    body: leadCsv(lines, { header: cursor === undefined }),
  }
}

async function lineOf({ lead, decisions }: Found, contacts: 'masked' | 'revealed', needs: Needs): Promise<LeadLine> {
  const ids = decisions.flatMap(({ deliveries }) => deliveries.map(({ deliveryId }) => deliveryId))
  const deliveries = (await Promise.all(ids.map((id) => needs.deliveries.find(id)))).flatMap((one) => one ?? [])
  const { firstName, lastName, email, phone, zip } = contacts === 'masked' ? maskContact(lead.contact) : lead.contact
  return {
    leadId: lead.leadId,
    receivedAt: lead.receivedAt,
    outcome: lead.outcome,
    careerSlug: lead.careerSlug,
    programId: lead.programId ?? '',
    state: lead.state,
    zip,
    sourceId: lead.sourceId,
    test: String(lead.test),
    firstName,
    lastName,
    email,
    // With its plus it would be taken for a formula.
    phone: phone.replace(/^\+/, ''),
    highestLevel: lead.education.highestLevel,
    startWindow: lead.startWindow ?? '',
    schools: deliveries.map(({ schoolName }) => schoolName).join('; '),
    deliveryStates: deliveries.map(({ state }) => state).join('; '),
  }
}

export const handler = serve(route, exportLeads)
