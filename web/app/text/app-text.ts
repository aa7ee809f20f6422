/** Text that console and portal share. Text for one audience is in web/console/text or web/portal/text. */
export const appText = {
  mainNavigation: 'Main',
  skipToContent: 'Skip to content',
  signOut: 'Sign out',
  signIn: 'Sign in',
  enterKey: 'Enter your key.',
  signedOut: 'You’re signed out.',
  signedOutHereOnly:
    'You’re signed out in this tab, but we couldn’t reach the server to end your session. It will end on its own within 12 hours.',
  anotherSession: 'someone else',
  signedInAs: (current: string) => `You’re signed in as ${current}.`,
  askToSwitch: (next: string | undefined) =>
    next === undefined ? 'Sign in with this link instead?' : `Sign in as ${next} instead?`,
  switchSession: (next: string | undefined) => (next === undefined ? 'Sign in with this link' : `Sign in as ${next}`),
  staySignedIn: (current: string) => `Stay signed in as ${current}`,
  signInLink: 'This link signs you in. It works only once, so don’t share it.',
  signInWithKey: 'Sign in with a key instead',
  pageNotFound: 'Page not found',
  pageNotFoundHelp: 'The address may be mistyped, or the page was removed.',
  home: 'Home',
  loading: 'Loading…',
  tryAgain: 'Try again',
  showMore: 'Show more',
  cancel: 'Cancel',
  copy: 'Copy',
  copied: 'Copied',
  copySecret: 'Copy it now. You won’t see it again.',
  select: 'Select…',
  all: 'All',
  optional: (label: string) => `${label} (optional)`,
  quote: (text: string) => `“${text}”`,
  none: '–',
  staff: 'staff',
  by: (name: string) => `by ${name}`,
  justNow: 'just now',
  ago: (span: string) => `${span} ago`,
} as const

export const attemptText = {
  list: (school: string) => `Delivery attempts to ${school}`,
  title: (attemptNumber: number, result: string) => `Attempt ${attemptNumber}: ${result}`,
  kind: { email: 'Email', webhook: 'Webhook' },
  took: (duration: string) => `took ${duration}`,
  status: (status: number, result: string) => `${status}, ${result}`,
  bounced: 'Bounced',
  reason: 'Reason',
  reference: 'Reference',
  request: 'Request',
  body: 'Body',
  bodySize: (bytes: string) => `${bytes} bytes, SHA-256`,
  response: 'Response',
} as const

export const returnText = {
  requested: 'Requested on',
  requestedBy: 'Requested by',
  evidence: 'Evidence:',
  byStaff: 'Credit given without a request.',
  decided: 'Decided on',
  decidedBy: 'Decided by',
  response: 'Response',
  credit: { requested: 'Credit if approved', accepted: 'Credit', refused: 'Credit denied' },
} as const

export const capText = {
  leads: (used: string, limit: string, period: string) => `${used} of ${limit} leads ${period}`,
  spend: (used: string, limit: string, period: string) => `${used} of ${limit} ${period}`,
  periods: { hour: 'this hour', day: 'today', week: 'this week', month: 'this month', total: 'in total' },
  reached: ' · reached',
  resets: 'resets',
} as const
