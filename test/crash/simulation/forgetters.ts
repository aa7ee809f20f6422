import { erasePerson } from '#functions/operator/aftercare/erase-person.ts'
import { eraseOn } from '#functions/worker/erase/erase-on.ts'
import type { Dice } from '../proof/dice.ts'
import type { edgeOf } from './edge.ts'
import { type EventLoop, type Process, startsAt } from './event-loop.ts'
import type { Sabotage } from './sabotage.ts'
import type { Visitor } from './visitors.ts'
import type { Worker } from './world.ts'

/** Somebody who was told that a person is forgotten, or will be: each lead that had come by then must be. */
export type Promised = { email: string; at: number }
type Given = {
  dice: Dice
  loop: EventLoop
  edge: ReturnType<typeof edgeOf>
  visitors: readonly Visitor[]
  worker: Worker
  erases: Sabotage['erases']
  calmAt: number
}

const chance = 0.03
const livesMs = 29_000
const turnMs = 60_000
const nothingElse = { params: undefined, query: undefined, spend: async () => {} }
const principal = { caller: 'operator', scope: 'admin' } as const

/** Staff who forget people, and ask again until they are answered; a clock ends what was cut short. */
export function forgettersOf({ dice, loop, edge, visitors, worker, erases, calmAt }: Given): { promised: Promised[] } {
  const promised: Promised[] = []

  function forget({ email, number }: Pick<Visitor, 'email' | 'number'>) {
    const began = loop.now()
    const story = async (process: Process) => {
      const body = { email, withdraw: false }
      await erasePerson({ body, headers: undefined, principal, ip: '', ...nothingElse }, edge.needsOf(process))
      promised.push({ email, at: began })
    }
    loop.begin(`forget ${number}`, story, {
      livesMs,
      ended: ({ how }) => {
        if (how !== 'done') loop.at(loop.now() + 1000 + dice() * 5000, () => forget({ email, number }))
      },
    })
  }

  /** The clock of the worker, until some while after all is calm. */
  function workOn() {
    if (erases === 'never') return
    worker('erase', '', (process) => eraseOn(edge.needsOf(process)))
    if (loop.now() < calmAt + 3 * turnMs) loop.at(loop.now() + turnMs, workOn)
  }

  const asked = visitors.filter(() => dice() < chance)
  for (const visitor of asked) loop.at(startsAt + dice() * (calmAt - startsAt), () => forget(visitor))
  if (asked.length > 0) loop.at(startsAt + dice() * turnMs, workOn)
  return { promised }
}
