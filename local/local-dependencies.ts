import type { AttemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import { addressRate } from '#shared/http/limits.ts'
import type { Mail } from '#shared/outbound/email/mail.ts'
import type { DeliveryQueue } from '#shared/outbound/queue.ts'
import type { AskTurnstile } from '#shared/outbound/turnstile.ts'
import { faultOfUrl, type GuardSettings } from '#shared/outbound/webhook/guard.ts'
import { webhook } from '#shared/outbound/webhook/webhook.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { here } from '#shared/platform/here.ts'
import { houseKeys } from '#shared/platform/house-keys.ts'
import type { Log } from '#shared/platform/log.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { stores } from '#shared/store/stores.ts'

type Parts = {
  engine: Engine<Table>
  root: string
  queue: DeliveryQueue
  guard: GuardSettings
  rates: { perAddress?: number; perKey?: number }
  mail: Mail
  askTurnstile: AskTurnstile
  attemptTimes: AttemptTimes
  retentionDays: number | undefined
  now: () => Date
  log: Log
}

/** The same parts as in the cloud, but for engine, queue and mail. */
export function localDependencies({ engine, root, queue, guard, rates, ...given }: Parts): Dependencies {
  const keys = houseKeys(root)
  return {
    ...here,
    ...given,
    deliveryQueue: queue,
    fastPath: queue,
    ...keys,
    rates: {
      ...(rates.perAddress !== undefined && { address: addressRate(rates.perAddress, keys.digests) }),
      ...(rates.perKey !== undefined && { key: rates.perKey }),
    },
    ...stores(engine),
    measure() {},
    post: webhook({ settings: guard, deadlineMs: given.attemptTimes.deadlineSeconds * 1000 }),
    faultOfUrl: (url) => faultOfUrl(url, guard),
  }
}
