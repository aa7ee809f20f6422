import type { Construct } from 'constructs'
import { Clock } from '#infra/constructs/clock.ts'
import { type House, HouseFunction } from '#infra/constructs/house-function.ts'
import { workers } from '#shared/contract/workers.ts'
import type { Environment } from '#shared/runtime/environment.ts'

type Props = House & { environment: Environment<'worker/reconcile'> }

const nobodyCounts = 'Nobody counts whether every lead is accounted for. No lead is at risk.'

/** The Lambda that counts, and the clock that wakes it. */
export class Reconciler extends HouseFunction<'worker/reconcile'> {
  constructor(scope: Construct, id: string, house: Props) {
    const { timeoutSeconds, on } = workers.reconcile
    const whenItFails = `${nobodyCounts} Read the log of reconcile.`
    super(scope, id, { ...house, name: 'worker/reconcile', timeoutSeconds, whenItFails })

    new Clock(scope, `${id}Clock`, {
      alarmTopic: house.alarmTopic,
      worker: this,
      everySeconds: on.everySeconds,
      whenItStops: `${nobodyCounts} Look at its rule.`,
    })
  }
}
