import * as publisherLeads from '../capture/publisher-leads.ts'
import * as conversions from '../reporting/conversions.ts'
import * as notifications from '../reporting/notifications.ts'
import * as results from '../reporting/publisher-results.ts'
import * as statements from '../reporting/statements.ts'
import type { Route } from '../route.ts'
import * as sourceCaps from '../routing/source-caps.ts'

/** What publishers call with the secret key of their source. */
export const publisherRoutes = [
  sourceCaps.readOwnSource,
  publisherLeads.listPublisherLeads,
  publisherLeads.readPublisherLead,
  results.readPublisherResults,
  conversions.exportPublisherConversions,
  notifications.listPublisherNotifications,
  statements.readPublisherAccount,
  statements.readPublisherStatement,
  statements.exportPublisherStatement,
  statements.showPublisherStatement,
] as const satisfies readonly Route[]
