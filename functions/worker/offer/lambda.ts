import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { deliveryStore } from '#shared/store/deliveries.ts'
import { dueStore } from '#shared/store/due.ts'
import { leadStore } from '#shared/store/leads.ts'
import { recordStore } from '#shared/store/records.ts'
import { routing } from '#shared/store/routing.ts'
import { suppressions } from '#shared/store/suppressions.ts'
import { offerDue } from './offer-due.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments['worker/offer'], process.env)
  const engine = engineOnAws(environment)
  const needs = {
    ...here,
    ...(await houseKeysOnAws(environment)),
    log: logOnAws(environment),
    deliveries: deliveryStore(engine),
    due: dueStore(engine),
    leads: leadStore(engine),
    records: recordStore(engine),
    routing: routing(engine),
    suppressions: suppressions(engine),
  }
  return () => offerDue(needs)
})
