import type { Campaign } from '../routing/campaign.ts'
import type { Actor } from './actor.ts'

/** `all`: of everyone. `own`: what belongs to the caller only. `none`: not at all. */
type Extent = 'all' | 'own' | 'none'
type AuthorityRow = { [kind in Actor['kind'] & ('staff' | 'school' | 'publisher' | 'visitor')]: Extent } & {
  /** The operations of the API that do it. */
  operations: readonly string[]
}

const staffOnly = { staff: 'all', school: 'none', publisher: 'none', visitor: 'none' } as const
const ownSchool = { staff: 'none', school: 'own', publisher: 'none', visitor: 'none' } as const
const staffAndOwnSchool = { ...staffOnly, school: 'own' } as const

/** Who may do what to campaigns, schools and returns. A new operation on one of them needs a row: a test compares. */
export const authority = {
  'set the terms of a campaign': { ...staffOnly, operations: ['putCampaign', 'deleteCampaign'] },
  'set a school’s own pause and caps': { ...staffAndOwnSchool, operations: ['putCampaign', 'changeSchoolCampaign'] },
  'rotate a webhook secret': { ...staffAndOwnSchool, operations: ['rotateCampaignSecret', 'rotateSecret'] },
  'send a test lead': { ...staffAndOwnSchool, operations: ['sendCampaignTestLead', 'sendTestLead'] },
  'set the terms and credit of a school': { ...staffOnly, operations: ['putSchool', 'deleteSchool'] },
  'invite to the portal': { ...staffOnly, operations: ['createPortalLink', 'revokePortalLink'] },
  'end portal sessions of a school': { ...staffOnly, operations: ['endSession', 'endSchoolSessions'] },
  'sign out of the portal': { ...ownSchool, operations: ['endOwnSession', 'endOwnSessions'] },
  'request credit for a lead': { ...ownSchool, operations: ['requestReturn'] },
  'decide on credit for a lead': {
    ...staffOnly,
    operations: ['acceptReturn', 'refuseReturn', 'decideReturns', 'grantCredit'],
  },
  'record payments, adjustments and reversals': { ...staffOnly, operations: ['addLedgerEntry'] },
} as const satisfies { [action: string]: AuthorityRow }

/** Who may change each field of a campaign. Staff may change all of them, except what follows from other writes. */
export const campaignFieldOwners = {
  schoolId: 'staff',
  programIds: 'staff',
  name: 'staff',
  status: 'staff',
  schoolStatus: 'school',
  pausedBy: 'service',
  rules: 'staff',
  certificate: 'staff',
  caps: 'staff',
  schoolCaps: 'school',
  hours: 'staff',
  waitForCallingHours: 'staff',
  priority: 'staff',
  weight: 'staff',
  sharing: 'staff',
  exclusiveMultiplier: 'staff',
  shareWith: 'staff',
  fallback: 'staff',
  priceCents: 'staff',
  sendIpAndUserAgent: 'staff',
  returns: 'staff',
  endpoint: 'staff',
  testEndpoint: 'staff',
  counters: 'service',
} as const satisfies { [field in keyof Required<Campaign>]: 'staff' | 'school' | 'service' }
