import { faultOfUrl } from '#shared/outbound/guard.ts'
import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { bookStore } from '#shared/store/books.ts'
import { composedStore } from '#shared/store/composed.ts'
import { credentials } from '#shared/store/credentials.ts'
import { deliveryStore } from '#shared/store/deliveries.ts'
import { leadStore } from '#shared/store/leads.ts'
import { pastLeads } from '#shared/store/past-leads.ts'
import { recordStore } from '#shared/store/records.ts'
import { routing } from '#shared/store/routing.ts'
import { operator } from './operator.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments.operator, process.env)
  const engine = engineOnAws(environment)
  return operator({
    ...here,
    ...(await houseKeysOnAws(environment)),
    log: logOnAws(environment),
    books: bookStore(engine),
    composed: composedStore(engine),
    credentials: credentials(engine),
    deliveries: deliveryStore(engine),
    faultOfUrl: (url) => faultOfUrl(url, { loopback: 'refused' }),
    leads: leadStore(engine),
    pastLeads: pastLeads(engine),
    records: recordStore(engine),
    routing: routing(engine),
  })
})
