import { environmentOf, environments } from '#shared/platform/environment.ts'
import { here } from '#shared/platform/here.ts'
import { edgeSecretsOnAws, engineOnAws, lambda, logOnAws } from '#shared/platform/on-aws.ts'
import { accessKeys } from '#shared/store/access/access-keys.ts'
import { buckets } from '#shared/store/capture/buckets.ts'
import { catalogPages } from '#shared/store/catalog/catalog-pages.ts'
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
