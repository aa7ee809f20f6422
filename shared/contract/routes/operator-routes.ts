import * as audit from '../access/audit.ts'
import * as keys from '../access/keys.ts'
import * as people from '../access/people.ts'
import * as portal from '../access/portal-links.ts'
import * as providerSignIns from '../access/provider-sign-in.ts'
import * as secondFactors from '../access/second-factor.ts'
import * as sessions from '../access/sessions.ts'
import * as signIns from '../access/sign-in.ts'
import * as accessRequests from '../aftercare/access-requests.ts'
import * as consentProofs from '../aftercare/consent-proofs.ts'
import * as dispositions from '../aftercare/dispositions.ts'
import * as erasures from '../aftercare/erasures.ts'
import * as returns from '../aftercare/returns.ts'
import * as reveals from '../aftercare/reveals.ts'
import * as suppressions from '../aftercare/suppressions.ts'
import * as untakenWork from '../aftercare/untaken-work.ts'
import * as withdrawals from '../aftercare/withdrawals.ts'
import * as inbound from '../capture/inbound.ts'
import * as search from '../capture/lead-search.ts'
import * as leads from '../capture/leads.ts'
import * as quarantine from '../capture/quarantine.ts'
import { importRecords } from '../catalog/imports.ts'
import { records } from '../catalog/records.ts'
import { listStaleFacts } from '../catalog/stale-facts.ts'
import * as deliveries from '../delivery/deliveries.ts'
import * as preview from '../delivery/endpoint-preview.ts'
import * as templates from '../delivery/endpoint-templates.ts'
import * as replays from '../delivery/replays.ts'
import * as rotation from '../delivery/secret-rotation.ts'
import * as testLeads from '../delivery/test-leads.ts'
import * as attention from '../reporting/attention.ts'
import * as conversions from '../reporting/conversions.ts'
import * as ledger from '../reporting/ledger.ts'
import * as notifications from '../reporting/notifications.ts'
import * as overview from '../reporting/overview.ts'
import * as reports from '../reporting/reports.ts'
import * as statements from '../reporting/statements.ts'
import type { Route } from '../route.ts'
import * as capUsage from '../routing/cap-usage.ts'
import * as explanation from '../routing/match-explanation.ts'
import * as simulation from '../routing/simulation.ts'
import * as sourceCaps from '../routing/source-caps.ts'

/** What staff call, and what needs rights that only the operator Lambda has. */
export const operatorRoutes = [
  records.careers.list,
  records.careers.get,
  records.careers.put,
  records.careers.delete,
  records.schools.list,
  records.schools.get,
  records.schools.put,
  records.schools.delete,
  records.programs.list,
  records.programs.get,
  records.programs.put,
  records.programs.delete,
  records.campaigns.list,
  records.campaigns.get,
  records.campaigns.put,
  records.campaigns.delete,
  records.sources.list,
  records.sources.get,
  records.sources.put,
  records.sources.delete,
  importRecords,
  listStaleFacts,
  rotation.rotateCampaignSecret,
  testLeads.sendCampaignTestLead,
  explanation.explainMatch,
  templates.listEndpointTemplates,
  templates.fillEndpointTemplate,
  preview.previewEndpoint,
  simulation.simulateCampaigns,
  audit.listAudit,
  audit.exportAudit,
  audit.verifyAudit,
  keys.listKeys,
  keys.createKey,
  keys.revokeKey,
  people.listPeople,
  people.readPerson,
  people.invitePerson,
  people.changePerson,
  people.sendInvitation,
  people.removePerson,
  secondFactors.resetSecondFactor,
  portal.createPortalLink,
  portal.listPortalLinks,
  portal.revokePortalLink,
  sessions.listSessions,
  sessions.endSession,
  sessions.endSchoolSessions,
  sessions.readOwnAccess,
  // Served by the operator Lambda, because no other Lambda may write API keys, people and sessions.
  portal.openSchoolSession,
  sessions.endOwnSession,
  sessions.endOwnSessions,
  people.listColleagues,
  people.inviteColleague,
  people.changeColleague,
  people.sendColleagueInvitation,
  people.removeColleague,
  signIns.requestSignIn,
  signIns.signIn,
  signIns.readSelf,
  signIns.listOwnSessions,
  signIns.signOut,
  signIns.endPersonSession,
  signIns.signOutEverywhere,
  notifications.readNotificationSettings,
  notifications.changeNotificationSettings,
  providerSignIns.readSignInOptions,
  providerSignIns.startProviderSignIn,
  providerSignIns.completeProviderSignIn,
  secondFactors.proveSecondFactor,
  secondFactors.startSecondFactor,
  secondFactors.confirmSecondFactor,
  leads.listLeads,
  leads.readLead,
  search.searchLeads,
  search.exportLeads,
  reveals.revealLead,
  accessRequests.answerAccessRequest,
  consentProofs.findConsentProofs,
  erasures.erasePerson,
  erasures.listErasures,
  erasures.readErasure,
  withdrawals.listWithdrawals,
  withdrawals.readWithdrawal,
  suppressions.listSuppressions,
  suppressions.searchSuppressions,
  suppressions.addSuppression,
  suppressions.liftSuppression,
  suppressions.importSuppressions,
  suppressions.exportSuppressions,
  // Served by the operator Lambda, because the capture Lambda may read no lead.
  withdrawals.showWithdrawalPage,
  withdrawals.withdrawByLink,
  overview.readOverview,
  attention.readAttention,
  notifications.listNotifications,
  capUsage.listCaps,
  sourceCaps.listSourceCaps,
  deliveries.listDeliveries,
  returns.listReturns,
  returns.acceptReturn,
  returns.refuseReturn,
  returns.decideReturns,
  returns.grantCredit,
  returns.exportReturns,
  dispositions.recordOutcome,
  conversions.exportConversions,
  untakenWork.listUntakenWork,
  untakenWork.handleUntakenWork,
  inbound.listRejectedInbound,
  inbound.handleRejectedInbound,
  replays.replayDelivery,
  replays.startReplay,
  replays.listReplays,
  replays.readReplay,
  ledger.readAccount,
  ledger.listLedgerEntries,
  ledger.addLedgerEntry,
  statements.readStatement,
  statements.exportStatement,
  statements.showStatement,
  statements.verifyStatements,
  reports.readReconciliation,
  reports.readDailyReport,
  reports.readSchoolsReport,
  reports.readSourcesReport,
  reports.readGroupReport,
  reports.exportReport,
  quarantine.listQuarantine,
  quarantine.releaseLead,
  quarantine.rejectLead,
] as const satisfies readonly Route[]
