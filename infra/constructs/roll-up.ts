import type { Construct } from 'constructs'
import { Clock } from '#infra/constructs/clock.ts'
import { type House, HouseFunction } from '#infra/constructs/house-function.ts'
import { workers } from '#shared/contract/workers.ts'
import type { Environment } from '#shared/runtime/environment.ts'

type Props = House & { environment: Environment<'worker/roll-up'> }

const figuresAge = 'The figures of reports grow old. No lead is at risk, and no figure is lost: all are counted again.'

/** The Lambda that makes the figures of reports, and the clock that wakes it. */
export class RollUp extends HouseFunction<'worker/roll-up'> {
  constructor(scope: Construct, id: string, house: Props) {
    const { timeoutSeconds, on } = workers['roll-up']
    const whenItFails = `${figuresAge} Read the log of roll-up.`
    super(scope, id, { ...house, name: 'worker/roll-up', timeoutSeconds, whenItFails })

    new Clock(scope, `${id}Clock`, {
      alarmTopic: house.alarmTopic,
      worker: this,
      everySeconds: on.everySeconds,
      whenItStops: `${figuresAge} Look at its rule.`,
    })
  }
}
