import { catalogRoutes } from '#shared/contract/routes/catalog-routes.ts'
import { createApi } from '#shared/http/api.ts'
import { handler as compareCareers } from './compare-careers.ts'
import { handler as listCareers } from './list-careers.ts'
import { handler as listSchools } from './list-schools.ts'
import { handler as listStates } from './list-states.ts'
import { handler as readCareer } from './read-career.ts'
import { handler as readDocs } from './read-docs.ts'
import { handler as readDocsSection } from './read-docs-section.ts'
import { handler as readForm } from './read-form.ts'
import { handler as readHealth } from './read-health.ts'
import { handler as readIndex } from './read-index.ts'
import { handler as readJsonld } from './read-jsonld.ts'
import { handler as readOpenapi } from './read-openapi.ts'
import { handler as readProgram } from './read-program.ts'

/** The public API, which needs no key. It also answers requests that match no route. */
export const catalog = createApi(catalogRoutes, {
  listCareers,
  compareCareers,
  readCareer,
  listStates,
  listSchools,
  readJsonld,
  readProgram,
  readForm,
  readIndex,
  readOpenapi,
  readDocs,
  readDocsSection,
  readHealth,
})
