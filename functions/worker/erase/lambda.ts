import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { deliveryStore } from '#shared/store/deliveries.ts'
import { erasureStore } from '#shared/store/erasures.ts'
import { forgettingStore } from '#shared/store/forgetting.ts'
import { leadStore } from '#shared/store/leads.ts'
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
