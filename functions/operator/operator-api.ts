import { records } from '#shared/contract/catalog/records.ts'
import { operatorRoutes } from '#shared/contract/routes/operator-routes.ts'
import { createApi } from '#shared/http/api.ts'
import { handler as exportAudit } from './access/audit/export-audit.ts'
import { handler as listAudit } from './access/audit/list-audit.ts'
import { handler as verifyAudit } from './access/audit/verify-audit.ts'
import { handler as createKey } from './access/create-key.ts'
import { handler as createPortalLink } from './access/create-portal-link.ts'
import { handler as endOwnSession } from './access/end-own-session.ts'
import { handler as endOwnSessions } from './access/end-own-sessions.ts'
import { handler as endSchoolSessions } from './access/end-school-sessions.ts'
import { handler as endSession } from './access/end-session.ts'
import { handler as listKeys } from './access/list-keys.ts'
import { handler as listPortalLinks } from './access/list-portal-links.ts'
import { handler as listSessions } from './access/list-sessions.ts'
import { handler as openSchoolSession } from './access/open-school-session.ts'
import { colleagueHandler as changeColleague, handler as changePerson } from './access/people/change-person.ts'
import { colleagueHandler as inviteColleague, handler as invitePerson } from './access/people/invite-person.ts'
import { colleaguesHandler as listColleagues, handler as listPeople } from './access/people/list-people.ts'
import { handler as readPerson } from './access/people/read-person.ts'
import { colleagueHandler as removeColleague, handler as removePerson } from './access/people/remove-person.ts'
import {
  colleagueHandler as sendColleagueInvitation,
  handler as sendInvitation,
} from './access/people/send-invitation.ts'
import { handler as readOwnAccess } from './access/read-own-access.ts'
import { handler as revokeKey } from './access/revoke-key.ts'
import { handler as revokePortalLink } from './access/revoke-portal-link.ts'
import { notificationSettings } from './access/sign-in/notification-settings.ts'
import {
  endHandler as endPersonSession,
  listHandler as listOwnSessions,
  readSelfHandler as readSelf,
  signOutHandler as signOut,
  signOutEverywhereHandler as signOutEverywhere,
} from './access/sign-in/own-sessions.ts'
import {
  completeHandler as completeProviderSignIn,
  optionsHandler as readSignInOptions,
  startHandler as startProviderSignIn,
} from './access/sign-in/provider-sign-in.ts'
import { handler as requestSignIn } from './access/sign-in/request-sign-in.ts'
import {
  confirmHandler as confirmSecondFactor,
  proveHandler as proveSecondFactor,
  resetHandler as resetSecondFactor,
  startHandler as startSecondFactor,
} from './access/sign-in/second-factor.ts'
import { handler as signIn } from './access/sign-in/sign-in.ts'
import { handler as answerAccessRequest } from './aftercare/answer-access-request.ts'
import { handler as erasePerson } from './aftercare/erase-person.ts'
import { handler as findConsentProofs } from './aftercare/find-consent-proofs.ts'
import { handler as handleUntakenWork } from './aftercare/handle-untaken-work.ts'
import { handler as listErasures } from './aftercare/list-erasures.ts'
import { handler as listUntakenWork } from './aftercare/list-untaken-work.ts'
import { handler as readErasure } from './aftercare/read-erasure.ts'
import { handler as recordOutcome } from './aftercare/record-outcome.ts'
import { handler as acceptReturn } from './aftercare/returns/accept-return.ts'
import { handler as decideReturns } from './aftercare/returns/decide-returns.ts'
import { handler as exportReturns } from './aftercare/returns/export-returns.ts'
import { handler as grantCredit } from './aftercare/returns/grant-credit.ts'
import { handler as listReturns } from './aftercare/returns/list-returns.ts'
import { handler as refuseReturn } from './aftercare/returns/refuse-return.ts'
import { handler as revealLead } from './aftercare/reveal-lead.ts'
import { handler as addSuppression } from './aftercare/suppressions/add-suppression.ts'
import { handler as exportSuppressions } from './aftercare/suppressions/export-suppressions.ts'
import { handler as importSuppressions } from './aftercare/suppressions/import-suppressions.ts'
import { handler as liftSuppression } from './aftercare/suppressions/lift-suppression.ts'
import { handler as listSuppressions } from './aftercare/suppressions/list-suppressions.ts'
import { handler as listWithdrawals } from './aftercare/suppressions/list-withdrawals.ts'
import { handler as readWithdrawal } from './aftercare/suppressions/read-withdrawal.ts'
import { handler as searchSuppressions } from './aftercare/suppressions/search-suppressions.ts'
import {
  showHandler as showWithdrawalPage,
  withdrawHandler as withdrawByLink,
} from './aftercare/suppressions/withdraw-by-link.ts'
import { handler as exportLeads } from './capture/export-leads.ts'
import { handler as handleRejectedInbound } from './capture/handle-rejected-inbound.ts'
import { handler as listLeads } from './capture/list-leads.ts'
import { handler as listQuarantine } from './capture/list-quarantine.ts'
import { handler as listRejectedInbound } from './capture/list-rejected-inbound.ts'
import { handler as readLead } from './capture/read-lead.ts'
import { handler as rejectLead } from './capture/reject-lead.ts'
import { handler as releaseLead } from './capture/release-lead.ts'
import { handler as searchLeads } from './capture/search-leads.ts'
import { createDeleteHandler } from './catalog/delete-record.ts'
import { handler as importRecords } from './catalog/import-records.ts'
import { handler as listStaleFacts } from './catalog/list-stale-facts.ts'
import { putCareerHandler, putProgramHandler, putSchoolHandler, putSourceHandler } from './catalog/put-records.ts'
import { createGetHandler, createListHandler } from './catalog/read-records.ts'
import {
  fillHandler as fillEndpointTemplate,
  listHandler as listEndpointTemplates,
} from './delivery/endpoint-templates.ts'
import { handler as listDeliveries } from './delivery/list-deliveries.ts'
import { handler as listReplays } from './delivery/list-replays.ts'
import { handler as previewEndpoint } from './delivery/preview-endpoint.ts'
import { handler as readReplay } from './delivery/read-replay.ts'
import { handler as replayDelivery } from './delivery/replay-delivery.ts'
import { handler as rotateCampaignSecret } from './delivery/rotate-campaign-secret.ts'
import { handler as sendCampaignTestLead } from './delivery/send-campaign-test-lead.ts'
import { handler as startReplay } from './delivery/start-replay.ts'
import { handler as exportConversions } from './reporting/export-conversions.ts'
import { handler as addLedgerEntry } from './reporting/ledger/add-ledger-entry.ts'
import { handler as exportStatement } from './reporting/ledger/export-statement.ts'
import { handler as listLedgerEntries } from './reporting/ledger/list-ledger-entries.ts'
import { handler as readAccount } from './reporting/ledger/read-account.ts'
import { handler as readStatement } from './reporting/ledger/read-statement.ts'
import { handler as showStatement } from './reporting/ledger/show-statement.ts'
import { handler as verifyStatements } from './reporting/ledger/verify-statements.ts'
import { handler as listNotifications } from './reporting/list-notifications.ts'
import { handler as readAttention } from './reporting/read-attention.ts'
import { handler as readOverview } from './reporting/read-overview.ts'
import { handler as readReconciliation } from './reporting/read-reconciliation.ts'
import { reportHandlers } from './reporting/report-handlers.ts'
import { handler as explainMatch } from './routing/explain-match.ts'
import { handler as listCaps } from './routing/list-caps.ts'
import { handler as listSourceCaps } from './routing/list-source-caps.ts'
import { handler as putCampaign } from './routing/put-campaign.ts'
import { handler as simulateCampaigns } from './routing/simulate-campaigns.ts'

/** The API of staff: records, leads, deliveries, keys and reports. */
export const operatorApi = createApi(operatorRoutes, {
  listCareerRecords: createListHandler('careers', records.careers.list),
  getCareer: createGetHandler('careers', records.careers.get),
  putCareer: putCareerHandler,
  deleteCareer: createDeleteHandler('careers', records.careers.delete),
  listSchoolRecords: createListHandler('schools', records.schools.list),
  getSchool: createGetHandler('schools', records.schools.get),
  putSchool: putSchoolHandler,
  deleteSchool: createDeleteHandler('schools', records.schools.delete),
  listProgramRecords: createListHandler('programs', records.programs.list),
  getProgram: createGetHandler('programs', records.programs.get),
  putProgram: putProgramHandler,
  deleteProgram: createDeleteHandler('programs', records.programs.delete),
  listCampaignRecords: createListHandler('campaigns', records.campaigns.list),
  getCampaign: createGetHandler('campaigns', records.campaigns.get),
  putCampaign,
  deleteCampaign: createDeleteHandler('campaigns', records.campaigns.delete),
  listSourceRecords: createListHandler('sources', records.sources.list),
  getSource: createGetHandler('sources', records.sources.get),
  putSource: putSourceHandler,
  deleteSource: createDeleteHandler('sources', records.sources.delete),
  importRecords,
  listStaleFacts,
  rotateCampaignSecret,
  sendCampaignTestLead,
  explainMatch,
  listEndpointTemplates,
  fillEndpointTemplate,
  previewEndpoint,
  simulateCampaigns,
  listAudit,
  exportAudit,
  verifyAudit,
  listKeys,
  createKey,
  revokeKey,
  listPeople,
  readPerson,
  invitePerson,
  changePerson,
  sendInvitation,
  removePerson,
  resetSecondFactor,
  createPortalLink,
  listPortalLinks,
  revokePortalLink,
  listSessions,
  endSession,
  endSchoolSessions,
  readOwnAccess,
  openSchoolSession,
  endOwnSession,
  endOwnSessions,
  listColleagues,
  inviteColleague,
  changeColleague,
  sendColleagueInvitation,
  removeColleague,
  requestSignIn,
  signIn,
  readSelf,
  listOwnSessions,
  signOut,
  endPersonSession,
  signOutEverywhere,
  ...notificationSettings,
  readSignInOptions,
  startProviderSignIn,
  completeProviderSignIn,
  proveSecondFactor,
  startSecondFactor,
  confirmSecondFactor,
  listLeads,
  readLead,
  searchLeads,
  exportLeads,
  revealLead,
  answerAccessRequest,
  findConsentProofs,
  erasePerson,
  listErasures,
  readErasure,
  listWithdrawals,
  readWithdrawal,
  listSuppressions,
  searchSuppressions,
  addSuppression,
  liftSuppression,
  importSuppressions,
  exportSuppressions,
  showWithdrawalPage,
  withdrawByLink,
  readOverview,
  readAttention,
  listNotifications,
  listCaps,
  listSourceCaps,
  listDeliveries,
  listReturns,
  acceptReturn,
  refuseReturn,
  decideReturns,
  grantCredit,
  exportReturns,
  recordOutcome,
  exportConversions,
  listUntakenWork,
  handleUntakenWork,
  handleRejectedInbound,
  listRejectedInbound,
  replayDelivery,
  startReplay,
  listReplays,
  readReplay,
  readAccount,
  listLedgerEntries,
  addLedgerEntry,
  readStatement,
  exportStatement,
  showStatement,
  verifyStatements,
  readReconciliation,
  ...reportHandlers,
  listQuarantine,
  releaseLead,
  rejectLead,
})
