import type { z } from 'zod'
import { submitLead } from '#functions/capture/submit-lead.ts'
import { withdrawConsent } from '#functions/capture/withdraw-consent.ts'
import { importSuppressions } from '#functions/operator/aftercare/suppressions/import-suppressions.ts'
import type { leadReceipt } from '#shared/contract/capture/capture.ts'
import { submitLead as route } from '#shared/contract/capture/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { suppressionKey } from '#shared/store/keys.ts'
import { aLead } from '#test/functions/create-test-system.ts'
import type { RandomSource } from '../proof/create-random.ts'
import { type EventLoop, type Process, startsAt } from './create-event-loop.ts'
import type { createFaultInjector } from './create-fault-injector.ts'
import { digests } from './create-fault-injector.ts'
import type { Observations } from './observe-writes.ts'
import type { PreparedSystem } from './prepare-system.ts'

type LeadReceipt = z.output<typeof leadReceipt>
/** A visitor who sends a form until a response arrives, with the schools that were agreed to and the receipt. */
export type SimulatedVisitor = {
  number: number
  email: string
  selectedSchoolIds: readonly string[]
  receipt?: LeadReceipt
  respondedAt?: number
  /** Lead IDs of repeated responses that differ from the first. */
  changedResponses: string[]
  hasWithdrawn?: true
  /** Returns when the withdrawal was stored, in epoch milliseconds, or undefined if it is not stored yet. */
  getWithdrawalTime?: () => number | undefined
  /** Returns when a do-not-call list that names the visitor was stored. Absent: none does. */
  getListedTime?: () => number | undefined
}
type VisitorsSetup = {
  leads: number
  /** Whether some withdrawals come on a list of staff that has only the SHA-256 of the email. */
  hasLists: boolean
  system: PreparedSystem
  random: RandomSource
  loop: EventLoop
  injector: ReturnType<typeof createFaultInjector>
  observations: Observations
  calmAt: number
}

const emptyInput = { params: undefined, query: undefined, spend: async () => {} }
const principal = { caller: 'source', sourceId: 'landing', scope: 'form' } as const
const staff = { caller: 'operator', scope: 'admin' } as const
const everySchool = { scope: { kind: 'all-schools' }, reason: 'A list.' } as const
const optOuts = { ...everySchool, basis: 'withdrawal' } as const
const doNotCallList = { ...everySchool, basis: 'do-not-contact', list: 'do-not-call' } as const

export function createVisitors({
  leads,
  hasLists,
  system: { match },
  random,
  loop,
  injector,
  observations,
  calmAt,
}: VisitorsSetup): SimulatedVisitor[] {
  const matchedSchoolIds = match.schools.map(({ schoolId }) => schoolId)
  const startRequest = (name: string, task: (process: Process) => Promise<unknown>, retry: () => void) =>
    loop.begin(name, task, {
      maxLifetimeMs: 29_000,
      // Retry if there was no response or a conflict. Any other refusal is a fault of the product.
      onEnd: (ending) => {
        if (ending.how === 'failed' && ending.error instanceof Refusal && ending.error.code !== 'CONFLICT_RETRY')
          throw ending.error
        if (ending.how !== 'done') loop.at(loop.now() + 1000 + random() * 5000, retry)
      },
    })

  return Array.from({ length: leads }, (_, number) => {
    // Some visitors send a second form.
    const person = number > 0 && random() < 0.08 ? random.below(number) : number
    const selection = random() < 0.5 ? matchedSchoolIds : matchedSchoolIds.filter(() => random() < 0.5)
    const schoolIds = selection.length > 1 ? selection : matchedSchoolIds
    const visitor: SimulatedVisitor = {
      number,
      email: `ada${person}@mail.example`,
      selectedSchoolIds: schoolIds,
      changedResponses: [],
    }
    const body = route.body.parse(aLead(match, person, { schoolIds }))
    const headers = { 'idempotency-key': `form-${number}` }

    const submit = () =>
      startRequest(
        `capture ${number}`,
        async (process) => {
          const response = await submitLead(
            { body, headers, principal, ip: '198.51.100.7', ...emptyInput },
            injector.createDependencies(process),
          )
          // The response may be lost after the lead was stored.
          await loop.effect(process, 'respond', async () => {
            if (loop.now() < calmAt && random() < 0.03) throw new Error('The response was lost.')
            if (visitor.receipt && JSON.stringify(visitor.receipt) !== JSON.stringify(response.body))
              visitor.changedResponses.push(response.body.leadId)
            visitor.respondedAt ??= loop.now()
            visitor.receipt ??= response.body
          })
        },
        submit,
      )
    const withdraw = () =>
      startRequest(
        `withdraw ${number}`,
        (process) =>
          withdrawConsent(
            { body: { email: visitor.email }, headers: {}, principal, ip: '', ...emptyInput },
            injector.createDependencies(process),
          ),
        withdraw,
      )

    const importHash = (list: typeof optOuts | typeof doNotCallList) =>
      startRequest(
        `import ${number}`,
        (process) =>
          importSuppressions(
            {
              body: { ...list, csv: `email_sha256\n${sha256(visitor.email)}\n` },
              headers: undefined,
              principal: staff,
              ip: '',
              ...emptyInput,
            },
            injector.createDependencies(process),
          ),
        () => importHash(list),
      )

    const suppressionPk = suppressionKey(digests.listPersonDigests({ email: visitor.email })[0] ?? '').pk
    const arrivesAt = startsAt + random() * 8 * 60_000
    loop.at(arrivesAt, submit)
    // Some visitors double-click.
    if (random() < 0.1) loop.at(arrivesAt + random() * 300, submit)
    if (random() < 0.06) {
      visitor.hasWithdrawn = true
      visitor.getWithdrawalTime = () => observations.withdrawn.get(suppressionPk)
      const isListed = hasLists && random() < 0.5
      loop.at(arrivesAt + random() * (calmAt - arrivesAt), isListed ? () => importHash(optOuts) : withdraw)
    }
    if (hasLists && random() < 0.06) {
      visitor.getListedTime = () => observations.listed.get(suppressionPk)
      loop.at(arrivesAt + random() * (calmAt - arrivesAt), () => importHash(doNotCallList))
    }
    return visitor
  })
}
