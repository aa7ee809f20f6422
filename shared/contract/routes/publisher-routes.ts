import * as publisherLeads from '../capture/publisher-leads.ts'
import type { Route } from '../route.ts'

/** What publishers call with the secret key of their source. */
export const publisherRoutes = [
  publisherLeads.listPublisherLeads,
  publisherLeads.readPublisherLead,
] as const satisfies readonly Route[]
