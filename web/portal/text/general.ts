/** Every text that only schools read. Text that staff read as well is in web/app/text. */
export const portalText = {
  timeZoneHelp: ', the time zone of your school',
  title: 'School portal',
  keyLabel: 'Access key',
  keyHelp: 'Your lead provider gives you a key or a sign-in link (valid for 12 hours).',
  keyRejected: 'That key isn’t valid, or your session has ended. Ask your lead provider for a new link.',
  linkIncomplete: 'This link is incomplete. Copy the whole link, or ask your lead provider for a new one.',
  viewOnly: 'You have view-only access. To make changes, ask your lead provider for a key with manage access.',
  nav: {
    overview: 'Overview',
    leads: 'Leads',
    results: 'Results',
    returns: 'Returns',
    statements: 'Statements',
    optOuts: 'Opt-outs',
    campaigns: 'Campaigns',
  },
} as const

export const overviewText = {
  refresh: 'Refresh',
  schoolPausedTitle: 'Your school is paused.',
  schoolPaused: 'You won’t receive new leads. Contact your lead provider to resume.',
  newest: 'Newest leads',
  newestCaption: 'The newest leads, newest first',
  allLeads: 'All leads',
  noLeads: 'No leads yet. To see how a lead arrives, open a campaign below and send a test lead.',
  campaigns: 'Campaigns',
} as const

export const signOutText = {
  title: 'Signed-in devices',
  help: 'Lost a device, or did a colleague leave? End every portal session of your school, including your own. API keys keep working.',
  button: 'Sign out everywhere',
  question: 'Sign out everywhere?',
  consequence:
    'Everyone at your school who signed in with a link is signed out. To sign in again, each person needs a new link.',
} as const

export const attentionText = {
  title: 'Needs your attention',
  allClear: 'All clear',
  delivery: 'Delivery:',
  deliverySummary: (delivered: string, leads: string) => `${delivered} of your last ${leads} delivered.`,
  failed: (leads: string) => `${leads} not delivered`,
  failedHelp: 'Your system didn’t accept them, and we stopped trying. Once your system is fixed, resend them.',
  late: (leads: string) => `${leads} late`,
  lateHelp: 'Your system isn’t accepting them. We keep trying; each lead shows how your system responded.',
  onHold: (leads: string) => `${leads} on hold`,
  onHoldHelp: 'We’ll send them when you open or when your system responds again.',
  withoutStatus: (leads: string) => `${leads} without a status`,
  withoutStatusHelp: 'Update their status so your lead provider knows which leads work for you.',
  paused: (campaign: string) => `${campaign} is paused`,
  pausedHelp: 'No new leads until it is resumed.',
  capReached: (campaign: string) => `${campaign}: a cap was reached`,
  capReachedHelp: 'Raise the cap if you want more leads now.',
  creditUsedUp: 'Your credit is used up',
  creditUsedUpHelp: 'No new leads until your lead provider raises it. Contact them to pay.',
  creditLow: (left: string) => `Only ${left} of your credit is left`,
  creditLowHelp: 'New leads stop when it is used up. Contact your lead provider to raise it.',
  schoolCapReached: 'You reached a limit across all your campaigns',
  schoolCapReachedHelp: 'Your lead provider sets it. Contact them if you want more leads now.',
  leadCount: (count: number, formatted: string) => `${formatted} ${count === 1 ? 'lead' : 'leads'}`,
} as const
