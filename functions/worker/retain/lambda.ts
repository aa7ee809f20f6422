import { environmentOf, environments, retentionDaysOf } from '#shared/platform/environment.ts'
import { here } from '#shared/platform/here.ts'
import { engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/platform/on-aws.ts'
import { erasureStore } from '#shared/store/aftercare/erasures.ts'
import { forgettingStore } from '#shared/store/aftercare/forgetting.ts'
import { retentionStore } from '#shared/store/aftercare/retention.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { deliveryStore } from '#shared/store/delivery/deliveries.ts'
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
