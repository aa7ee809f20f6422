import * as about from '../about.ts'
import * as catalog from '../catalog/catalog.ts'
import * as comparisons from '../catalog/comparisons.ts'
import * as programs from '../catalog/programs.ts'
import type { Route } from '../route.ts'

/** What anyone may read without a key. */
export const catalogRoutes = [
  catalog.listCareers,
  comparisons.compareCareers,
  catalog.readCareer,
  comparisons.listStates,
  catalog.listSchools,
  catalog.readJsonld,
  programs.readProgram,
  programs.readForm,
  about.readIndex,
  about.readOpenapi,
  about.readDocs,
  about.readDocsSection,
  about.readHealth,
] as const satisfies readonly Route[]
