import { addressRate } from '#shared/http/limits.ts'
import { environmentOf, environments } from '#shared/platform/environment.ts'
import { fastPathOnAws } from '#shared/platform/fast-path-on-aws.ts'
import { here } from '#shared/platform/here.ts'
import {
  edgeSecretsOnAws,
  engineOnAws,
  houseKeysOnAws,
  lambda,
  logOnAws,
  measureOnAws,
  turnstileOnAws,
} from '#shared/platform/on-aws.ts'
import { accessKeys } from '#shared/store/access/access-keys.ts'
import { suppressions } from '#shared/store/aftercare/suppressions.ts'
import { buckets } from '#shared/store/capture/buckets.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { catalogPages } from '#shared/store/catalog/catalog-pages.ts'
import { recordStore } from '#shared/store/catalog/records.ts'
import { routing } from '#shared/store/routing/routing.ts'
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
