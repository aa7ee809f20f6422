import type { PersonRole, SchoolRole, SourceRole, StaffRole } from '../../domain/access/access-person.ts'
import type { Route } from '../route.ts'

/** Roles by operation. `complete-role-rights.ts` holds it against the routes, which pages must not load. */
type RoleTable<Role> = { readonly [operation: string]: readonly Role[] }

const everyone = ['owner', 'operations', 'billing', 'viewer'] as const
const working = ['owner', 'operations'] as const
const money = ['owner', 'billing'] as const
const owners = ['owner'] as const

/**
 * What each role of staff may do, by operation. A viewer
 * sees contact details masked, as all lists show them. API keys have scopes instead of roles.
 */
export const staffRights = {
  listCareerRecords: everyone,
  getCareer: everyone,
  putCareer: working,
  deleteCareer: working,
  listSchoolRecords: everyone,
  getSchool: everyone,
  putSchool: working,
  deleteSchool: working,
  listProgramRecords: everyone,
  getProgram: everyone,
  putProgram: working,
  deleteProgram: working,
  listCampaignRecords: everyone,
  getCampaign: everyone,
  putCampaign: working,
  deleteCampaign: working,
  listSourceRecords: everyone,
  getSource: everyone,
  putSource: working,
  deleteSource: working,
  importRecords: working,
  listStaleFacts: everyone,
  rotateCampaignSecret: working,
  sendCampaignTestLead: working,
  explainMatch: everyone,
  listEndpointTemplates: everyone,
  fillEndpointTemplate: everyone,
  previewEndpoint: everyone,
  simulateCampaigns: everyone,
  listAudit: everyone,
  exportAudit: everyone,
  verifyAudit: everyone,
  listKeys: owners,
  createKey: owners,
  revokeKey: owners,
  listPeople: owners,
  readPerson: owners,
  invitePerson: owners,
  changePerson: owners,
  sendInvitation: owners,
  removePerson: owners,
  resetSecondFactor: owners,
  createPortalLink: working,
  listPortalLinks: everyone,
  revokePortalLink: working,
  listSessions: everyone,
  endSession: working,
  endSchoolSessions: working,
  readOwnAccess: everyone,
  listLeads: everyone,
  readLead: everyone,
  searchLeads: everyone,
  exportLeads: everyone,
  revealLead: working,
  answerAccessRequest: working,
  findConsentProofs: working,
  erasePerson: working,
  listErasures: everyone,
  readErasure: everyone,
  listWithdrawals: everyone,
  readWithdrawal: everyone,
  listSuppressions: everyone,
  searchSuppressions: everyone,
  addSuppression: working,
  liftSuppression: working,
  importSuppressions: working,
  exportSuppressions: working,
  readOverview: everyone,
  readAttention: everyone,
  listNotifications: everyone,
  listCaps: everyone,
  listSourceCaps: everyone,
  listDeliveries: everyone,
  listReturns: everyone,
  acceptReturn: money,
  refuseReturn: money,
  decideReturns: money,
  grantCredit: money,
  exportReturns: everyone,
  recordOutcome: working,
  exportConversions: everyone,
  readAccount: everyone,
  listLedgerEntries: everyone,
  addLedgerEntry: money,
  readStatement: everyone,
  exportStatement: everyone,
  showStatement: everyone,
  verifyStatements: everyone,
  listUntakenWork: everyone,
  handleUntakenWork: working,
  listRejectedInbound: everyone,
  handleRejectedInbound: working,
  replayDelivery: working,
  startReplay: working,
  listReplays: everyone,
  readReplay: everyone,
  readReconciliation: everyone,
  readDailyReport: everyone,
  readSchoolsReport: everyone,
  readSourcesReport: everyone,
  readGroupReport: everyone,
  exportReport: everyone,
  listQuarantine: everyone,
  releaseLead: working,
  rejectLead: working,
} as const satisfies RoleTable<StaffRole>

const anyRole = ['admin', 'officer', 'viewer'] as const
const officers = ['admin', 'officer'] as const
const admins = ['admin'] as const

/** What each role of a school may do, by operation: officers work leads; admins also change how leads arrive, and people. */
export const schoolRights = {
  readOwnSchool: anyRole,
  readSchoolCampaign: anyRole,
  changeSchoolCampaign: admins,
  listSchoolLeads: anyRole,
  readDeliveryLog: anyRole,
  takeLead: officers,
  resendDelivery: officers,
  readSchoolResults: anyRole,
  readSchoolAccount: anyRole,
  readSchoolStatement: anyRole,
  exportSchoolStatement: anyRole,
  showSchoolStatement: anyRole,
  recordDisposition: officers,
  recordDispositions: officers,
  undoDisposition: officers,
  listDispositions: anyRole,
  requestReturn: officers,
  listSchoolReturns: anyRole,
  listSchoolNotifications: anyRole,
  recordSchoolWithdrawal: officers,
  importSchoolWithdrawals: officers,
  rotateSecret: admins,
  sendTestLead: admins,
  listColleagues: admins,
  inviteColleague: admins,
  changeColleague: admins,
  sendColleagueInvitation: admins,
  removeColleague: admins,
  // People sign out by `signOut`; this ends the session of a portal link.
  endOwnSession: [],
  endOwnSessions: admins,
} as const satisfies RoleTable<SchoolRole>

const publisherRole = ['viewer'] as const

/** What people of a publisher may do, by operation: read what the secret key of the source reads. They send no leads. */
export const publisherRights = {
  readOwnSource: publisherRole,
  listPublisherLeads: publisherRole,
  readPublisherLead: publisherRole,
  readPublisherResults: publisherRole,
  exportPublisherConversions: publisherRole,
  listPublisherNotifications: publisherRole,
  readPublisherAccount: publisherRole,
  readPublisherStatement: publisherRole,
  exportPublisherStatement: publisherRole,
  showPublisherStatement: publisherRole,
} as const satisfies RoleTable<SourceRole>

const roleRights: { readonly [caller in 'operator' | 'school' | 'source']: RoleTable<PersonRole> } = {
  operator: staffRights,
  school: schoolRights,
  source: publisherRights,
}

/** The roles that may call an operation, the highest first. */
export function listAllowedRoles({ name, caller }: Pick<Route, 'name' | 'caller'>): readonly PersonRole[] {
  return caller === 'operator' || caller === 'school' || caller === 'source' ? (roleRights[caller][name] ?? []) : []
}

/** Whether a role may call an operation. An operation without a row is for no role. */
export function isRoleAllowed(role: PersonRole, route: Pick<Route, 'name' | 'caller'>): boolean {
  return route.caller === 'person' || listAllowedRoles(route).includes(role)
}
