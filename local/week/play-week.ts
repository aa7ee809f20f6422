import { handleBounce } from '#functions/worker/bounce/handle-bounce.ts'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import { offerLead } from '#functions/worker/offer/offer-lead.ts'
import { sealEntries } from '#functions/worker/seal/seal-entries.ts'
import { sweepDue } from '#functions/worker/sweep/sweep-due.ts'
import { continueWithdrawals } from '#functions/worker/withdraw/continue-withdrawals.ts'
import type { EmailMessage } from '#shared/outbound/email/mail.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import type { WebhookRequest } from '#shared/outbound/webhook/create-post-webhook.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { answerAsSchool, readSchoolId, toWebhookResponse } from './answer-as-school.ts'
import { createOffices, type StaffPrincipal } from './create-offices.ts'
import { createVisitors, type SourceKeys } from './create-visitors.ts'
import { planVisits, weekMs } from './plan-visits.ts'
import { createSeededIds, createSeededRandom } from './seeded-random.ts'
import { createTimeline } from './timeline.ts'
import type { WeekClock } from './week-clock.ts'

type WeekSetup = {
  deps: Dependencies
  clock: WeekClock
  /** The instant at which the week ends, in milliseconds since 1970. */
  endsAt: number
  /** Where emails go, for the inbox. */
  mail: Dependencies['mail']
  sourceKeys: SourceKeys
  staff: StaffPrincipal
}

const hourMs = 3_600_000
const seed = 20_261_129
/** The mailbox of this school no longer exists. */
const bouncingMailbox = 'admissions@buckthorn-valley-college.example'

/**
 * Plays a week of visitors, schools and staff through the same functions that serve them, with a clock that jumps from one
 * event to the next: the rows are those of a real week. IDs and choices are the same at each start. What is not due yet
 * at the end stays due, and the workers of the host go on with it. The clock must be at the beginning of the week. Returns the number of leads.
 */
export async function playWeek({
  deps,
  clock,
  endsAt,
  mail,
  sourceKeys,
  staff,
}: WeekSetup): Promise<{ leads: number }> {
  const random = createSeededRandom(seed)
  const timeline = createTimeline()
  const schoolIds = new Map<string, string>()
  const attemptCounts = new Map<string, number>()
  const noticeIds = new Set<string>()
  const newPointers: DeliveryPointer[] = []
  const collectPointers = async (pointers: readonly DeliveryPointer[]) => void newPointers.push(...pointers)
  const wait = (ms: number) => clock.moveTo(clock.now().getTime() + ms)
  const newId = createSeededIds(String(seed))
  const weekDeps: Dependencies = {
    ...deps,
    random,
    newId,
    randomBytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256)),
    earlyQueue: { send: collectPointers },
    deliveryQueue: { send: collectPointers, depth: async () => 0 },
    sleep: async () => {},
    log: () => {},
    measure: () => {},
    async postWebhook({ url, headers }: WebhookRequest) {
      const schoolId = readSchoolId({ url })
      const deliveryId = headers['webhook-id'] ?? ''
      const attempts = attemptCounts.get(deliveryId) ?? 0
      attemptCounts.set(deliveryId, attempts + 1)
      const ms = Math.round(60 + random() ** 3 * 1400)
      wait(ms)
      const answer = answerAsSchool({ schoolId, at: clock.now().getTime(), attempts }, { endsAt, random })
      if (answer.status === 204 && !noticeIds.has(deliveryId)) offices.receive(deliveryId, schoolId)
      return toWebhookResponse(answer, ms)
    },
    async mail(message: EmailMessage) {
      wait(400)
      const result = await mail(message)
      const { deliveryId } = message.tags
      if (message.to === bouncingMailbox && 'messageId' in result)
        timeline.add(clock.now().getTime() + 40_000, () =>
          handleBounce({ deliveryId, ...result, to: [bouncingMailbox], why: 'bounced', lasting: true }, weekDeps),
        )
      else if (!noticeIds.has(deliveryId)) offices.receive(deliveryId, schoolIds.get(deliveryId) ?? '')
      return result
    },
  }
  const offices = createOffices({ deps: weekDeps, clock, timeline, random, endsAt, staff })
  const visitors = createVisitors({ deps: weekDeps, random, sourceKeys, wait })

  async function deliverNew() {
    for (const pointer of newPointers.splice(0)) {
      schoolIds.set(pointer.deliveryId, pointer.schoolId)
      await deliver(pointer)
    }
  }
  async function deliver(pointer: DeliveryPointer) {
    const dueAt = await deliverLead(pointer, weekDeps)
    if (dueAt !== undefined) timeline.add(Date.parse(dueAt), () => deliver(pointer))
  }

  /** As the workers `offer` and `sweep`, but one lead after the other, so that IDs are given in the same order each time. */
  async function offerWaiting() {
    const shards = await weekDeps.due.listLeads(clock.now().toISOString(), 100)
    for (const leadId of shards.flat()) await offerLead(leadId, weekDeps)
    await sweepDue(weekDeps)
  }

  for (const visit of planVisits(endsAt, random))
    timeline.add(visit.at, async () => {
      const saved = await visitors.send(visit)
      await deliverNew()
      if (saved) offices.review(saved, visit)
    })
  // The workers of the host, as often as the week needs them.
  for (let at = endsAt - weekMs + hourMs; at < endsAt; at += 24 * hourMs)
    timeline.add(at, async () => {
      await continueWithdrawals(weekDeps)
      for (const { deliveryId } of newPointers) noticeIds.add(deliveryId)
      await offerWaiting()
      await deliverNew()
      await sealEntries(weekDeps)
    })
  await timeline.play(endsAt, clock.moveTo)
  // The host checks the chain of the audit as soon as it starts.
  await sealEntries(weekDeps)
  return { leads: visitors.count() }
}
