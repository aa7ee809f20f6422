import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { fastPathOnAws } from '#shared/runtime/fast-path-on-aws.ts'
import { here } from '#shared/runtime/here.ts'
import { addressRate } from '#shared/runtime/limits.ts'
import {
  edgeSecretsOnAws,
  engineOnAws,
  houseKeysOnAws,
  lambda,
  logOnAws,
  measureOnAws,
  turnstileOnAws,
} from '#shared/runtime/on-aws.ts'
import { accessKeys } from '#shared/store/access-keys.ts'
import { buckets } from '#shared/store/buckets.ts'
import { catalogPages } from '#shared/store/catalog-pages.ts'
import { leadStore } from '#shared/store/leads.ts'
import { recordStore } from '#shared/store/records.ts'
import { routing } from '#shared/store/routing.ts'
import { suppressions } from '#shared/store/suppressions.ts'
import { capture } from './capture.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments.capture, process.env)
  const engine = engineOnAws(environment)
  const keys = await houseKeysOnAws(environment)
  return capture({
    ...here,
    ...keys,
    log: logOnAws(environment),
    edgeSecrets: edgeSecretsOnAws(environment),
    accessKeys: accessKeys(engine),
    buckets: buckets(engine),
    catalog: catalogPages(engine),
    askTurnstile: await turnstileOnAws(environment),
    fastPath: fastPathOnAws(environment),
    leads: leadStore(engine),
    rates: {
      key: Number(environment.KEY_LIMIT_PER_MINUTE),
      address: addressRate(Number(environment.ADDRESS_LIMIT_PER_MINUTE), keys.digests),
    },
    measure: measureOnAws(environment),
    records: recordStore(engine),
    routing: routing(engine),
    suppressions: suppressions(engine),
  })
})
