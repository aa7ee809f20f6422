import type { z } from 'zod'
import { submitLead } from '#functions/capture/submit-lead.ts'
import { withdrawConsent } from '#functions/capture/withdraw-consent.ts'
import type { leadReceipt } from '#shared/contract/capture/capture.ts'
import { submitLead as route } from '#shared/contract/capture/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { suppressionKey } from '#shared/store/keys.ts'
import { aLead } from '#test/functions/town.ts'
import type { Dice } from '../proof/dice.ts'
import type { edgeOf } from './edge.ts'
import { digests } from './edge.ts'
import { type EventLoop, type Process, startsAt } from './event-loop.ts'
import type { Seen } from './observed.ts'
import type { SettledTown } from './settled-town.ts'

type Receipt = z.output<typeof leadReceipt>
/** Somebody who sends a form until it is answered, and knows what was agreed to and what the answer was. */
export type Visitor = {
  number: number
  email: string
  ticked: readonly string[]
  receipt?: Receipt
  answeredAt?: number
  /** What was answered to the same form again, where it differs. */
  odd: string[]
  withdrew?: true
  /** When it was written down that the person withdraws, where it was by now. */
  withdrewAt?: () => number | undefined
}
type Given = {
  leads: number
  town: SettledTown
  dice: Dice
  loop: EventLoop
  edge: ReturnType<typeof edgeOf>
  seen: Seen
  calmAt: number
}

const nothingElse = { params: undefined, query: undefined, spend: async () => {} }
const principal = { caller: 'source', sourceId: 'landing', scope: 'form' } as const

export function visitorsOf({ leads, town: { match }, dice, loop, edge, seen, calmAt }: Given): Visitor[] {
  const named = match.schools.map(({ schoolId }) => schoolId)
  const api = (name: string, story: (process: Process) => Promise<unknown>, again: () => void) =>
    loop.begin(name, story, {
      livesMs: 29_000,
      // No answer came, or one that asks to try again.
      ended: (ending) => {
        if (ending.how === 'failed' && ending.error instanceof Refusal && ending.error.code !== 'BUSY')
          throw ending.error
        if (ending.how !== 'done') loop.at(loop.now() + 1000 + dice() * 5000, again)
      },
    })

  return Array.from({ length: leads }, (_, number) => {
    // Some come twice.
    const person = number > 0 && dice() < 0.08 ? dice.below(number) : number
    const ticked = dice() < 0.5 ? named : named.filter(() => dice() < 0.5)
    const schoolIds = ticked.length > 1 ? ticked : named
    const visitor: Visitor = { number, email: `ada${person}@mail.example`, ticked: schoolIds, odd: [] }
    const body = route.body.parse(aLead(match, person, { schoolIds }))
    const headers = { 'idempotency-key': `form-${number}` }

    const submit = () =>
      api(
        `capture ${number}`,
        async (process) => {
          const answered = await submitLead(
            { body, headers, principal, ip: '198.51.100.7', ...nothingElse },
            edge.needsOf(process),
          )
          // What was done may be done without anybody hearing of it.
          await loop.effect(process, 'answer', async () => {
            if (loop.now() < calmAt && dice() < 0.03) throw new Error('The answer was lost.')
            if (visitor.receipt && JSON.stringify(visitor.receipt) !== JSON.stringify(answered.body))
              visitor.odd.push(answered.body.leadId)
            visitor.answeredAt ??= loop.now()
            visitor.receipt ??= answered.body
          })
        },
        submit,
      )
    const withdraw = () =>
      api(
        `withdraw ${number}`,
        (process) =>
          withdrawConsent(
            { body: { email: visitor.email }, headers: {}, principal, ip: '', ...nothingElse },
            edge.needsOf(process),
          ),
        withdraw,
      )

    const comes = startsAt + dice() * 8 * 60_000
    loop.at(comes, submit)
    // An impatient finger.
    if (dice() < 0.1) loop.at(comes + dice() * 300, submit)
    if (dice() < 0.06) {
      visitor.withdrew = true
      visitor.withdrewAt = () =>
        seen.withdrawn.get(suppressionKey(digests.ofPerson({ email: visitor.email, phone: '' }).email).pk)
      loop.at(comes + dice() * (calmAt - comes), withdraw)
    }
    return visitor
  })
}
