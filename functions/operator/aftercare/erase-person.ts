import { erasePerson as route } from '#shared/contract/aftercare/erasures.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { type ErasePersonDataDependencies, erasePersonData } from '#shared/workflows/aftercare/erase-person-data.ts'
import { identifyErasedPerson } from '#shared/workflows/aftercare/identify-person.ts'
import { parseIdentifiers } from '#shared/workflows/aftercare/parse-identifiers.ts'
import { withdrawConsent } from '#shared/workflows/aftercare/withdraw-consent.ts'
import { enqueueDeliveries } from '#shared/workflows/delivery/enqueue-deliveries.ts'
import { actorFor } from '../access/actor-for.ts'
import { loadErasureReceipt } from './read-erasure.ts'

type ErasePersonDependencies = ErasePersonDataDependencies &
  Pick<Dependencies, 'suppressions' | 'sealer' | 'keyRing' | 'earlyQueue'> &
  AuditChangeDependencies
type Body = Request<typeof route>['body']

// Well below the API timeout. A person has few leads; the worker continues with the rest.
const timeBudgetSeconds = 10

/** Erases a person's data. Once the erasure is stored, the worker completes it even if this call fails. */
export async function erasePerson(
  { body, principal }: Request<typeof route>,
  deps: ErasePersonDependencies,
): Promise<Reply<typeof route>> {
  const identifiers = await findIdentifiers(body, deps)
  const people = identifiers.flatMap(deps.digests.listStoredDigests)
  const requestedAt = deps.now().toISOString()
  if (body.withdraw) await suppressPerson(identifiers.flatMap(deps.digests.listPersonDigests), principal, deps)
  const erasureId = deps.newId('erasure')
  const change = {
    actor: toActor(principal),
    action: 'person.erased',
    record: { kind: 'erasures', id: erasureId },
    after: body,
  } as const
  const by = await actorFor(principal, deps)
  await deps.erasures.start({ erasureId, requestedAt, by }, people, [auditChange(change, deps)])
  const deadline = addSeconds(requestedAt, timeBudgetSeconds)
  const { notices } = await erasePersonData({ erasureId, deadline }, deps).catch((error: unknown) => {
    deps.log('erasure.failed', { erasureId, error: error instanceof Error ? (error.stack ?? error.name) : 'unknown' })
    return { notices: [] }
  })
  await enqueueDeliveries(notices, deps)
  return { status: 201, body: await loadErasureReceipt(erasureId, deps) }
}

/** The person asked to be deleted, so only digests are stored. Later consent does not count until staff lift it. */
async function suppressPerson(
  people: readonly string[],
  principal: Request<typeof route>['principal'],
  deps: ErasePersonDependencies,
): Promise<void> {
  await withdrawConsent(
    {
      person: identifyErasedPerson(people, deps),
      scope: { kind: 'all-schools' },
      basis: 'do-not-contact',
      actor: toActor(principal),
      channel: 'erasure',
    },
    deps,
  )
}

async function findIdentifiers({ email, phone, leadId }: Body, deps: ErasePersonDependencies) {
  const identifiers = parseIdentifiers({ email, phone })
  if (leadId === undefined) return [identifiers]
  const storedLead = await deps.leads.find(leadId)
  if (!storedLead) throw new Refusal('NOT_FOUND', 'Lead not found, or its personal data was already deleted.')
  return [identifiers, { email: storedLead.lead.contact.email }]
}

export const handler = defineHandler(route, erasePerson)
