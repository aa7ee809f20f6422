import { consoleText } from './console-text.ts'

/** The search of the console, over records, leads and pages. */
export const searchText = {
  open: 'Search',
  title: 'Search',
  help: 'The beginning of a name or ID, a lead ID, an email address, a phone number, or a page. Press / to open.',
  findPerson: 'Find leads of this person',
  none: 'Nothing found. Names are found by how they begin.',
  lead: 'lead',
  leadOf: (receivedAt: string, career: string) => `${receivedAt}, ${career}`,
  page: 'page',
  close: 'Close',
} as const

const { nav } = consoleText

/** The pages that a search finds, with other words that people use for them. */
export const searchPages: readonly { label: string; to: string }[] = [
  { label: nav.overview, to: '/' },
  { label: nav.leads, to: '/leads' },
  { label: nav.deliveries, to: '/deliveries' },
  { label: 'Replays', to: '/replays' },
  { label: nav.quarantine, to: '/quarantine' },
  { label: nav.returns, to: '/returns' },
  { label: 'Suppressions', to: '/suppressions' },
  { label: 'Withdrawals', to: '/withdrawals' },
  { label: 'Access request', to: '/access-request' },
  { label: 'Erasures', to: '/erasures' },
  { label: nav.explain, to: '/explain' },
  { label: nav.campaigns, to: '/campaigns' },
  { label: nav.reports, to: '/reports' },
  { label: 'Reconciliation', to: '/reconciliation' },
  { label: nav.setup, to: '/setup' },
  { label: 'Set up a school', to: '/buyers/new' },
  { label: 'API keys', to: '/keys' },
  { label: 'Audit', to: '/audit' },
  { label: 'Portal access', to: '/portal-access' },
]
