import { loadBundledDocsPages, loadBundledOpenapi } from '#shared/platform/aws/bundled-documents.ts'
import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { openReadsOnAws } from '#shared/platform/aws/reads-on-aws.ts'
import { apiEnvironments, parseEnvironment } from '#shared/platform/environment.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { catalogPages } from '#shared/store/catalog/catalog-pages.ts'
import { catalog } from './catalog.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(apiEnvironments.catalog, process.env)
  const { reads, edgeSecrets } = openReadsOnAws(environment)
  return catalog({
    ...systemDependencies,
    log: createLogOnAws(environment),
    edgeSecrets,
    catalog: catalogPages(reads),
    loadDocsPages: loadBundledDocsPages,
    loadOpenapi: loadBundledOpenapi,
    // What anyone may read asks for no key and knows no limit: caches stand before it.
    accessKeys: { findHolder: async () => undefined, recordUse: async () => {} },
    buckets: { take: async () => 'busy' },
    rateLimits: {},
  })
})
