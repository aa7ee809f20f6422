import { publisherRoutes } from '#shared/contract/routes/publisher-routes.ts'
import { createApi } from '#shared/http/api.ts'
import { handler as listPublisherLeads } from './capture/list-publisher-leads.ts'
import { handler as readPublisherLead } from './capture/read-publisher-lead.ts'

/** The API of a publisher with the secret key of its source: what became of its leads. */
export const publisherApi = createApi(publisherRoutes, { listPublisherLeads, readPublisherLead })
