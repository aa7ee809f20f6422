import { environmentOf, environments } from '#shared/platform/environment.ts'
import { here } from '#shared/platform/here.ts'
import { engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/platform/on-aws.ts'
import { suppressions } from '#shared/store/aftercare/suppressions.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { recordStore } from '#shared/store/catalog/records.ts'
import { deliveryStore } from '#shared/store/delivery/deliveries.ts'
import { dueStore } from '#shared/store/delivery/due.ts'
import { routing } from '#shared/store/routing/routing.ts'
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
