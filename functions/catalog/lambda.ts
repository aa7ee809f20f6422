import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { edgeSecretsOnAws, engineOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { accessKeys } from '#shared/store/access-keys.ts'
import { buckets } from '#shared/store/buckets.ts'
import { catalogPages } from '#shared/store/catalog-pages.ts'
import { catalog } from './catalog.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments.catalog, process.env)
  const engine = engineOnAws(environment)
  return catalog({
    ...here,
    log: logOnAws(environment),
    edgeSecrets: edgeSecretsOnAws(environment),
    catalog: catalogPages(engine),
    // What anyone may read asks for no key and knows no limit: caches stand before it.
    accessKeys: accessKeys(engine),
    buckets: buckets(engine),
    rates: {},
  })
})
