import * as dispositions from '../aftercare/dispositions.ts'
import * as returns from '../aftercare/returns.ts'
import * as suppressions from '../aftercare/suppressions.ts'
import * as withdrawals from '../aftercare/withdrawals.ts'
import * as replays from '../delivery/replays.ts'
import * as schoolLeads from '../delivery/school-leads.ts'
import * as rotation from '../delivery/secret-rotation.ts'
import * as tests from '../delivery/test-leads.ts'
import * as notifications from '../reporting/notifications.ts'
import * as results from '../reporting/school-results.ts'
import * as statements from '../reporting/statements.ts'
import type { Route } from '../route.ts'
import * as campaigns from '../routing/school-campaigns.ts'

/** What schools call with their key or session. */
export const schoolRoutes = [
  campaigns.readOwnSchool,
  campaigns.readSchoolCampaign,
  campaigns.changeSchoolCampaign,
  schoolLeads.listSchoolLeads,
  results.readSchoolResults,
  schoolLeads.readDeliveryLog,
  schoolLeads.takeLead,
  replays.resendDelivery,
  dispositions.recordDisposition,
  dispositions.undoDisposition,
  dispositions.recordDispositions,
  dispositions.listDispositions,
  returns.requestReturn,
  returns.listSchoolReturns,
  withdrawals.recordSchoolWithdrawal,
  suppressions.importSchoolWithdrawals,
  rotation.rotateSecret,
  notifications.listSchoolNotifications,
  statements.readSchoolAccount,
  statements.readSchoolStatement,
  statements.exportSchoolStatement,
  statements.showSchoolStatement,
  tests.sendTestLead,
] as const satisfies readonly Route[]
