import type { AttemptTimes } from '#shared/domain/attempt-times.ts'
import { faultOfUrl } from '#shared/outbound/guard.ts'
import type { Mail } from '#shared/outbound/mail.ts'
import type { DeliveryQueue } from '#shared/outbound/queue.ts'
import type { AskTurnstile } from '#shared/outbound/turnstile.ts'
import { webhook } from '#shared/outbound/webhook.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { here } from '#shared/runtime/here.ts'
import { houseKeys } from '#shared/runtime/house-keys.ts'
import type { Log } from '#shared/runtime/log.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { stores } from '#shared/store/stores.ts'

type Parts = {
  engine: Engine<Table>
  root: string
  deliveryQueue: DeliveryQueue
  mail: Mail
  askTurnstile: AskTurnstile
  attemptTimes: AttemptTimes
  now: () => Date
  log: Log
}

/** The same parts as in the cloud, but for engine, queue and mail; and a school may be on this machine. */
export function localDependencies({ engine, root, ...given }: Parts): Dependencies {
  return {
    ...here,
    ...given,
    fastPath: given.deliveryQueue,
    ...houseKeys(root),
    ...stores(engine),
    // Nobody is held back on a machine of one's own, but where a source states a limit.
    rates: {},
    measure() {},
    post: webhook({ settings: guardSettings, deadlineMs: given.attemptTimes.deadlineSeconds * 1000 }),
    faultOfUrl: (url) => faultOfUrl(url, guardSettings),
  }
}

const guardSettings = { loopback: 'allowed' } as const
