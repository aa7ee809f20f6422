import { environmentOf, environments } from '#shared/platform/environment.ts'
import { here } from '#shared/platform/here.ts'
import { engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/platform/on-aws.ts'
import { erasureStore } from '#shared/store/aftercare/erasures.ts'
import { forgettingStore } from '#shared/store/aftercare/forgetting.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { deliveryStore } from '#shared/store/delivery/deliveries.ts'
import { eraseOn } from './erase-on.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments['worker/erase'], process.env)
  const engine = engineOnAws(environment)
  const needs = {
    ...here,
    ...(await houseKeysOnAws(environment)),
    log: logOnAws(environment),
    deliveries: deliveryStore(engine),
    erasures: erasureStore(engine),
    forgetting: forgettingStore(engine),
    leads: leadStore(engine),
  }
  return () => eraseOn(needs)
})
