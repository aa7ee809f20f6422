import { routes } from '#shared/contract/routes.ts'
import { createApi } from '#shared/http/api.ts'
import { handler as changeSchoolCampaign } from './change-school-campaign.ts'
import { handler as listDispositions } from './list-dispositions.ts'
import { handler as listSchoolLeads } from './list-school-leads.ts'
import { handler as listSchoolReturns } from './list-school-returns.ts'
import { handler as readDeliveryLog } from './read-delivery-log.ts'
import { handler as readOwnSchool } from './read-own-school.ts'
import { handler as readSchoolCampaign } from './read-school-campaign.ts'
import { handler as recordDisposition } from './record-disposition.ts'
import { handler as requestReturn } from './request-return.ts'
import { handler as resendDelivery } from './resend-delivery.ts'
import { handler as rotateSecret } from './rotate-secret.ts'
import { handler as sendTestLead } from './send-test-lead.ts'

/** The API of a school with its own key: leads, dispositions, returns, campaigns and test leads. */
export const schoolApi = createApi(routes.school, {
  readOwnSchool,
  readSchoolCampaign,
  changeSchoolCampaign,
  listSchoolLeads,
  readDeliveryLog,
  resendDelivery,
  recordDisposition,
  listDispositions,
  requestReturn,
  listSchoolReturns,
  rotateSecret,
  sendTestLead,
})
