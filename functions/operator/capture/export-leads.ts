import { isRoleAllowed } from '#shared/contract/access/role-rights.ts'
import { revealLead } from '#shared/contract/aftercare/reveals.ts'
import { exportLeads as route } from '#shared/contract/capture/lead-search.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { maskContact } from '#shared/domain/aftercare/mask.ts'
import type { LeadAccess } from '#shared/domain/capture/lead-access.ts'
import { findContactWindow } from '#shared/domain/routing/calling/contact-window.ts'
import { findTimeZoneOfZip } from '#shared/domain/routing/calling/time-zone-of-zip.ts'
import { type LeadCsvRow, toLeadCsv } from '#shared/format/to-lead-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithCsvPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import { conflictRefusal, retryOnConflict } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { listLeadsOfDay } from '#shared/workflows/capture/list-leads-of-day.ts'
import { type ReadAccessDependencies, readLeadAccess } from '#shared/workflows/capture/read-access.ts'
import { buildReveal } from '../aftercare/build-reveal.ts'
import { createLeadFilter } from './create-lead-filter.ts'

type ExportLeadsDependencies = Pick<Dependencies, 'leads' | 'deliveries' | 'reveals' | 'keyRing' | 'tokens'> &
  ReadAccessDependencies &
  AuditChangeDependencies
type StoredLead = NonNullable<Awaited<ReturnType<ExportLeadsDependencies['leads']['find']>>>

const leadsPerPage = 50
// An erasure of many leads of the day may be under way.
const maxAttempts = 10

/**
 * One page of the leads of a day as CSV. Contacts are revealed only after the reveal was recorded with each lead. People who
 * withdrew consent or are suppressed stay masked, because an export is made to call people.
 */
export async function exportLeads(
  request: Request<typeof route>,
  deps: ExportLeadsDependencies,
): Promise<Reply<typeof route>> {
  const { body, principal } = request
  const { day, timeZone = 'UTC', contacts, cursor } = body
  if (contacts === 'revealed') requireRevealRight(principal)
  return replyWithCsvPage(
    `export:${day}:${timeZone}`,
    { route, cursor, limit: leadsPerPage },
    deps,
    async (page, options) => {
      const exported = await retryOnConflict(maxAttempts, () => exportPage(request, page, deps))
      if (exported === 'conflict') throw conflictRefusal()
      return { csv: toLeadCsv(exported.lines, options), next: exported.next }
    },
  )
}

/** `conflict`: a lead of the page was erased after it was read. */
async function exportPage(
  { body, principal }: Request<typeof route>,
  pageRequest: { limit: number; after?: Cursor },
  deps: ExportLeadsDependencies,
) {
  const { day, timeZone, filter, contacts, purpose } = body
  const { leads, next } = await listLeadsOfDay({ day, timeZone }, pageRequest, deps)
  const lookups = await Promise.all(leads.filter(createLeadFilter(filter)).map(({ leadId }) => deps.leads.find(leadId)))
  const storedLeads = lookups.flatMap((one) => one ?? [])
  const reader = { kind: 'staff', scope: principal.scope, act: contacts === 'revealed' ? 'export' : 'list' } as const
  const readableLeads = await Promise.all(
    storedLeads.map(async (storedLead) => ({
      ...storedLead,
      access: await readLeadAccess(reader, storedLead.lead, deps),
    })),
  )
  const revealedLeads = readableLeads.filter(({ access }) => access.view === 'full')
  const reveal = await buildReveal(principal, purpose, deps)
  const reveals = revealedLeads.map(({ lead: { leadId } }) => ({ leadId, revealId: deps.newId('reveal'), reveal }))
  const audit = auditChange(
    {
      actor: toActor(principal),
      action: 'leads.exported',
      record: { kind: 'exports', id: day },
      after: {
        ...(timeZone && { timeZone }),
        contacts,
        filter,
        purpose,
        leads: readableLeads.length,
        revealed: reveals.map(({ leadId }) => leadId),
      },
    },
    deps,
  )
  if ((await deps.reveals.record(reveals, [audit])) === 'conflict') return 'conflict'
  const lines = await Promise.all(readableLeads.map((readableLead) => toExportLine(readableLead, deps)))
  return { lines, next }
}

/** Contact details of many leads need the right that those of one lead need. @throws Refusal */
function requireRevealRight({ scope, person }: Request<typeof route>['principal']): void {
  if (person && !isRoleAllowed(person.role, revealLead))
    throw new Refusal(
      'ROLE_NOT_ALLOWED',
      `The role ${person.role} exports masked contacts only. Ask for the role operations.`,
    )
  if (scope === 'read')
    throw new Refusal('KEY_READ_ONLY', 'A read-only key can export masked contacts only. Use a key with write access.')
}

async function toExportLine(
  { lead, decisions, access }: StoredLead & { access: LeadAccess },
  deps: ExportLeadsDependencies,
): Promise<LeadCsvRow> {
  const ids = decisions.flatMap(({ deliveries }) => deliveries.map(({ deliveryId }) => deliveryId))
  const deliveries = (await Promise.all(ids.map((id) => deps.deliveries.find(id)))).flatMap((one) => one ?? [])
  const contactWindow = findContactWindow(lead.contact, deps.now().toISOString())
  const { firstName, lastName, email, phone, zip } = access.view === 'full' ? lead.contact : maskContact(lead.contact)
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
    phone,
    highestLevel: lead.education.highestLevel,
    startWindow: lead.startWindow ?? '',
    schools: deliveries.map(({ schoolName }) => schoolName).join('; '),
    deliveryStates: deliveries.map(({ state }) => state).join('; '),
    withdrawn: lead.withdrawnAt ?? (access.view === 'masked' && access.reason === 'suppressed' ? 'suppressed' : ''),
    campaigns: deliveries.map(({ campaignId }) => campaignId).join('; '),
    pricesCents: deliveries.map(({ priceCents }) => priceCents).join('; '),
    dispositions: deliveries.map(({ disposition }) => disposition?.disposition ?? '').join('; '),
    modality: lead.modality ?? '',
    age: String(lead.age ?? ''),
    military: String(lead.military ?? ''),
    gpa: String(lead.gpa ?? ''),
    // Publishers put anything into labels, contact details too.
    utm: access.view === 'full' ? formatLabels(lead.utm) : '',
    subIds: access.view === 'full' ? formatLabels(lead.subIds) : '',
    timeZone: findTimeZoneOfZip(lead.contact) ?? '',
    mayCallFrom: contactWindow?.opensAt ?? '',
    mayCallUntil: contactWindow?.closesAt ?? '',
    globalPrivacyControl: String(lead.globalPrivacyControl ?? ''),
  }
}

function formatLabels(labels: StoredLead['lead']['utm'] = {}): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
}

export const handler = defineHandler(route, exportLeads)
