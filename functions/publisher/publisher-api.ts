import { publisherRoutes } from '#shared/contract/routes/publisher-routes.ts'
import { createApi } from '#shared/http/api.ts'
import { handler as listPublisherLeads } from './capture/list-publisher-leads.ts'
import { handler as readPublisherLead } from './capture/read-publisher-lead.ts'
import { handler as exportPublisherConversions } from './reporting/export-publisher-conversions.ts'
import { handler as exportPublisherStatement } from './reporting/export-publisher-statement.ts'
import { handler as listPublisherNotifications } from './reporting/list-publisher-notifications.ts'
import { handler as readPublisherAccount } from './reporting/read-publisher-account.ts'
import { handler as readPublisherResults } from './reporting/read-publisher-results.ts'
import { handler as readPublisherStatement } from './reporting/read-publisher-statement.ts'
import { handler as showPublisherStatement } from './reporting/show-publisher-statement.ts'
import { handler as readOwnSource } from './routing/read-own-source.ts'

/** The API of a publisher with the secret key of its source: what became of its leads, and what they earned. */
export const publisherApi = createApi(publisherRoutes, {
  readOwnSource,
  listPublisherLeads,
  readPublisherLead,
  readPublisherResults,
  exportPublisherConversions,
  listPublisherNotifications,
  readPublisherAccount,
  readPublisherStatement,
  exportPublisherStatement,
  showPublisherStatement,
})
