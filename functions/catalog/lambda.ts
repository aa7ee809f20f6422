import { apiEnvironments, parseEnvironment } from '#shared/platform/environment.ts'
import {
  createEdgeSecretsOnAws,
  createEngineOnAws,
  createLambdaHandler,
  createLogOnAws,
  loadBundledDocsPages,
  loadBundledOpenapi,
} from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { accessKeyStore } from '#shared/store/access/access-key-store.ts'
import { bucketStore } from '#shared/store/capture/buckets.ts'
import { catalogPages } from '#shared/store/catalog/catalog-pages.ts'
import { catalog } from './catalog.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(apiEnvironments.catalog, process.env)
  const engine = createEngineOnAws(environment)
  return catalog({
    ...systemDependencies,
    log: createLogOnAws(environment),
    edgeSecrets: createEdgeSecretsOnAws(environment),
    catalog: catalogPages(engine),
    loadDocsPages: loadBundledDocsPages,
    loadOpenapi: loadBundledOpenapi,
    // What anyone may read asks for no key and knows no limit: caches stand before it.
    accessKeys: accessKeyStore(engine),
    buckets: bucketStore(engine),
    rateLimits: {},
  })
})
