import { erasePerson as route } from '#shared/contract/aftercare/erasures.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { secondsAfter } from '#shared/domain/delivery/retry-schedule.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type Needs as Forgetting, forgetPerson } from '#shared/workflows/aftercare/forget-person.ts'
import { hurry } from '#shared/workflows/delivery/hurry.ts'
import { whoAsks } from '../access/who-asks.ts'
import { digestsOfPerson } from './digests-of-person.ts'
import { receiptOf } from './receipt-of.ts'

type Needs = Forgetting & Pick<Dependencies, 'suppressions' | 'keyRing' | 'fastPath'>
type Body = Request<typeof route>['body']

// Well below what a caller waits for; a person has few leads, and the worker goes on with the rest.
const secondsToWork = 10

/** Forgets a person. Once the erasure is written it is carried to its end, whatever becomes of this call. */
export async function erasePerson(
  { body, principal }: Request<typeof route>,
  needs: Needs,
): Promise<Reply<typeof route>> {
  const people = await peopleOf(body, needs)
  const requestedAt = needs.now().toISOString()
  if (body.withdraw) await needs.suppressions.add(people, requestedAt)
  const erasureId = needs.newId('erasure')
  await needs.erasures.start({ erasureId, requestedAt, by: await whoAsks(principal, needs) }, people)
  const deadline = secondsAfter(requestedAt, secondsToWork)
  const { notices } = await forgetPerson({ erasureId, deadline }, needs).catch((error: unknown) => {
    needs.log('erasure.failed', { erasureId, error: error instanceof Error ? (error.stack ?? error.name) : 'unknown' })
    return { notices: [] }
  })
  await hurry(notices, needs)
  return { status: 201, body: await receiptOf(erasureId, needs) }
}

async function peopleOf({ email, phone, leadId }: Body, needs: Needs): Promise<string[]> {
  const named = digestsOfPerson({ email, phone }, needs)
  if (leadId === undefined) return named
  const found = await needs.leads.find(leadId)
  if (!found) throw new Refusal('NOT_FOUND', 'There is no lead of that id, or its person is forgotten already.')
  return [...named, needs.digests.ofPerson(found.lead.contact).email]
}

export const handler = serve(route, erasePerson)
