import { addLedgerEntry } from '#functions/operator/reporting/ledger/add-ledger-entry.ts'
import { addLedgerEntry as route } from '#shared/contract/reporting/ledger.ts'
import type { RandomSource } from '../../proof/create-random.ts'
import { type EventLoop, type Process, startsAt } from '../create-event-loop.ts'
import type { createFaultInjector } from '../create-fault-injector.ts'

type PayersSetup = {
  random: RandomSource
  loop: EventLoop
  injector: ReturnType<typeof createFaultInjector>
  calmAt: number
}

const payments = 3
const maxLeadsPaid = 8
const leadCents = 4500
const maxLifetimeMs = 29_000
const principal = { caller: 'operator', scope: 'admin', keyId: 'key_billing' } as const
const emptyInput = { query: undefined, ip: '', spend: async () => {} }

/** Staff who enter what the prepaid school epsilon pays, and who click again until the entry is confirmed. */
export function createPayers({ random, loop, injector, calmAt }: PayersSetup): void {
  function pay(number: number, amountCents: number) {
    const task = async (process: Process) => {
      const body = route.body.parse({ kind: 'payment', amountCents })
      const params = { accountKind: 'schools', accountId: 'epsilon' } as const
      const headers = { 'idempotency-key': `payment-${number}` }
      await addLedgerEntry({ params, headers, body, principal, ...emptyInput }, injector.createDependencies(process))
    }
    const repeat = () => loop.at(loop.now() + 2000, () => pay(number, amountCents))
    loop.begin(`payment ${number}`, task, { maxLifetimeMs, onEnd: ({ how }) => how !== 'done' && repeat() })
  }

  for (let number = 1; number <= payments; number++) {
    const amountCents = (1 + random.below(maxLeadsPaid)) * leadCents
    const isDoubleClick = random() < 0.3
    loop.at(startsAt + random() * (calmAt - startsAt), () => {
      pay(number, amountCents)
      if (isDoubleClick) pay(number, amountCents)
    })
  }
}
