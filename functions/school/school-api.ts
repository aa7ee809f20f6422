import { schoolRoutes } from '#shared/contract/routes/school-routes.ts'
import { createApi } from '#shared/http/api.ts'
import { handler as importSchoolWithdrawals } from './aftercare/import-school-withdrawals.ts'
import { handler as listDispositions } from './aftercare/list-dispositions.ts'
import { handler as listSchoolReturns } from './aftercare/list-school-returns.ts'
import { handler as recordDisposition } from './aftercare/record-disposition.ts'
import { handler as recordDispositions } from './aftercare/record-dispositions.ts'
import { handler as recordSchoolWithdrawal } from './aftercare/record-school-withdrawal.ts'
import { handler as requestReturn } from './aftercare/request-return.ts'
import { handler as undoDisposition } from './aftercare/undo-disposition.ts'
import { handler as readOwnSchool } from './catalog/read-own-school.ts'
import { handler as listSchoolLeads } from './delivery/list-school-leads.ts'
import { handler as readDeliveryLog } from './delivery/read-delivery-log.ts'
import { handler as resendDelivery } from './delivery/resend-delivery.ts'
import { handler as rotateSecret } from './delivery/rotate-secret.ts'
import { handler as sendTestLead } from './delivery/send-test-lead.ts'
import { handler as takeLead } from './delivery/take-lead.ts'
import { handler as exportSchoolStatement } from './reporting/export-school-statement.ts'
import { handler as listSchoolNotifications } from './reporting/list-school-notifications.ts'
import { handler as readSchoolAccount } from './reporting/read-school-account.ts'
import { handler as readSchoolResults } from './reporting/read-school-results.ts'
import { handler as readSchoolStatement } from './reporting/read-school-statement.ts'
import { handler as showSchoolStatement } from './reporting/show-school-statement.ts'
import { handler as changeSchoolCampaign } from './routing/change-school-campaign.ts'
import { handler as readSchoolCampaign } from './routing/read-school-campaign.ts'

/** The API of a school with its own key: leads, dispositions, returns, campaigns and test leads. */
export const schoolApi = createApi(schoolRoutes, {
  readOwnSchool,
  readSchoolCampaign,
  changeSchoolCampaign,
  listSchoolLeads,
  readSchoolResults,
  readDeliveryLog,
  takeLead,
  resendDelivery,
  recordDisposition,
  undoDisposition,
  recordDispositions,
  listDispositions,
  requestReturn,
  listSchoolReturns,
  recordSchoolWithdrawal,
  importSchoolWithdrawals,
  rotateSecret,
  listSchoolNotifications,
  readSchoolAccount,
  readSchoolStatement,
  exportSchoolStatement,
  showSchoolStatement,
  sendTestLead,
})
