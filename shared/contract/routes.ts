import type { Route } from './route.ts'
import { captureRoutes } from './routes/capture-routes.ts'
import { catalogRoutes } from './routes/catalog-routes.ts'
import { operatorRoutes } from './routes/operator-routes.ts'
import { publisherRoutes } from './routes/publisher-routes.ts'
import { schoolRoutes } from './routes/school-routes.ts'

/** Every route of the API, by the folder of `functions/` that serves it. A Lambda imports only its own. */
export const routes = {
  catalog: catalogRoutes,
  capture: captureRoutes,
  school: schoolRoutes,
  publisher: publisherRoutes,
  operator: operatorRoutes,
} as const satisfies { [folder: string]: readonly Route[] }

export type Folder = keyof typeof routes
export const folders: readonly Folder[] = ['catalog', 'capture', 'school', 'publisher', 'operator']
/** The folder whose Lambda answers requests that match no route. */
export const fallbackFolder: Folder = 'catalog'
