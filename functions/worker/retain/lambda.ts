import { environmentOf, environments, retentionDaysOf } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { deliveryStore } from '#shared/store/deliveries.ts'
import { erasureStore } from '#shared/store/erasures.ts'
import { forgettingStore } from '#shared/store/forgetting.ts'
import { leadStore } from '#shared/store/leads.ts'
import { retentionStore } from '#shared/store/retention.ts'
import { retainDays } from './retain-days.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments['worker/retain'], process.env)
  const engine = engineOnAws(environment)
  const needs = {
    ...here,
    ...(await houseKeysOnAws(environment)),
    log: logOnAws(environment),
    retentionDays: retentionDaysOf(environment),
    deliveries: deliveryStore(engine),
    erasures: erasureStore(engine),
    forgetting: forgettingStore(engine),
    leads: leadStore(engine),
    retention: retentionStore(engine),
  }
  return () => retainDays(needs)
})
