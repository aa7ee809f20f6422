import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { catalogPages } from '#shared/store/catalog-pages.ts'
import { credentials } from '#shared/store/credentials.ts'
import { catalog } from './catalog.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments.catalog, process.env)
  const engine = engineOnAws(environment)
  return catalog({
    ...here,
    log: logOnAws(environment),
    catalog: catalogPages(engine),
    credentials: credentials(engine),
  })
})
