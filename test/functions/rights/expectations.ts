import type { CallerName } from './actors.ts'

/** Who is let in where. Everybody else is told that the key is missing or no key of this address. */
const audiences = {
  everybody: 'all',
  'whoever matches': ['nobody', 'a publishable key', 'a server key'],
  sources: ['a publishable key', 'a server key'],
  'servers of sources': ['a server key'],
  'schools, also to read': ['school A', 'school A, read', 'school B'],
  'schools, to write': ['school A', 'school B'],
  'staff, also to read': ['staff, read', 'staff, admin'],
  'staff, to write': ['staff, admin'],
} as const satisfies { [audience: string]: 'all' | readonly CallerName[] }
export type Audience = keyof typeof audiences

export function isAdmitted(actor: CallerName, audience: Audience): boolean {
  const allowedActors: 'all' | readonly CallerName[] = audiences[audience]
  return allowedActors === 'all' || allowedActors.includes(actor)
}

/** Whose each operation is, written by hand, and not read from the contract that it is to be held against. */
export const expectations: { [operation: string]: Audience } = {
  listCareers: 'everybody',
  readCareer: 'everybody',
  listSchools: 'everybody',
  readJsonld: 'everybody',
  readProgram: 'everybody',
  readForm: 'everybody',
  readOpenapi: 'everybody',
  readDocs: 'everybody',
  readHealth: 'everybody',
  readReadiness: 'everybody',

  matchSchools: 'whoever matches',
  submitLead: 'sources',
  withdrawConsent: 'sources',
  showWithdrawalPage: 'everybody',
  withdrawByLink: 'everybody',

  listPublisherLeads: 'servers of sources',
  readPublisherLead: 'servers of sources',

  listSchoolLeads: 'schools, also to read',
  readDeliveryLog: 'schools, also to read',
  rotateSecret: 'schools, to write',
  readOwnSchool: 'schools, also to read',
  readSchoolCampaign: 'schools, also to read',
  changeSchoolCampaign: 'schools, to write',
  recordDisposition: 'schools, to write',
  listDispositions: 'schools, also to read',
  requestReturn: 'schools, to write',
  listSchoolReturns: 'schools, also to read',
  recordSchoolWithdrawal: 'schools, to write',
  importSchoolWithdrawals: 'schools, to write',
  sendTestLead: 'schools, to write',
  resendDelivery: 'schools, to write',
  takeLead: 'schools, to write',
  listReturns: 'staff, also to read',
  listUntakenWork: 'staff, also to read',
  handleUntakenWork: 'staff, to write',
  acceptReturn: 'staff, to write',
  refuseReturn: 'staff, to write',
  replayDelivery: 'staff, to write',
  startReplay: 'staff, to write',
  listReplays: 'staff, also to read',
  readReplay: 'staff, also to read',

  ...recordOperations('Career'),
  ...recordOperations('School'),
  ...recordOperations('Program'),
  ...recordOperations('Campaign'),
  ...recordOperations('Source'),
  rotateCampaignSecret: 'staff, to write',
  previewEndpoint: 'staff, also to read',
  explainMatch: 'staff, also to read',
  simulateCampaigns: 'staff, also to read',
  listLeads: 'staff, also to read',
  readLead: 'staff, also to read',
  searchLeads: 'staff, also to read',
  exportLeads: 'staff, also to read',
  revealLead: 'staff, to write',
  answerAccessRequest: 'staff, to write',
  findConsentProofs: 'staff, to write',
  erasePerson: 'staff, to write',
  listErasures: 'staff, also to read',
  readErasure: 'staff, also to read',
  listWithdrawals: 'staff, also to read',
  readWithdrawal: 'staff, also to read',
  listSuppressions: 'staff, also to read',
  searchSuppressions: 'staff, also to read',
  addSuppression: 'staff, to write',
  liftSuppression: 'staff, to write',
  importSuppressions: 'staff, to write',
  exportSuppressions: 'staff, also to read',
  readOverview: 'staff, also to read',
  listCaps: 'staff, also to read',
  listDeliveries: 'staff, also to read',
  readReconciliation: 'staff, also to read',
  readDailyReport: 'staff, also to read',
  readSchoolsReport: 'staff, also to read',
  readSourcesReport: 'staff, also to read',
  exportReport: 'staff, also to read',
  listQuarantine: 'staff, also to read',
  releaseLead: 'staff, to write',
  rejectLead: 'staff, to write',
  listAudit: 'staff, also to read',
  verifyAudit: 'staff, also to read',
  listKeys: 'staff, also to read',
  createKey: 'staff, to write',
  createPortalLink: 'staff, to write',
  openSchoolSession: 'everybody',
  revokeKey: 'staff, to write',
}

function recordOperations(kind: string): { [operation: string]: Audience } {
  return {
    [`list${kind}Records`]: 'staff, also to read',
    [`get${kind}`]: 'staff, also to read',
    [`put${kind}`]: 'staff, to write',
    [`delete${kind}`]: 'staff, to write',
  }
}
