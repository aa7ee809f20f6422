export const keysText = {
  title: 'API keys',
  titleForSchool: (school: string) => `API keys of ${school}`,
  intro: 'Keys are shown once. Revoked keys stop working immediately.',
  active: 'Active keys',
  all: 'All keys',
  showAll: 'Include revoked and expired keys',
  caption: 'API keys',
  empty: 'No keys yet. Create one above.',
  columns: {
    name: 'Name',
    owner: 'Owner',
    permission: 'Permission',
    status: 'Status',
    lastUsed: 'Last used',
    expires: 'Expires',
    action: 'Action',
  },
  never: 'Never',
  staff: 'Staff',
  sourceServer: (source: string) => `${source} (server)`,
  revoke: 'Revoke',
  revokeTitle: (name: string) => `Revoke “${name}”?`,
  revokeHelp: 'Requests that use this key will fail immediately. This can’t be undone.',
  revokeConfirm: 'Revoke key',
} as const

export const newKeyText = {
  title: 'New key',
  owner: 'For',
  owners: { operator: 'Staff', school: 'School', source: 'Source (server)' },
  school: 'School',
  source: 'Source',
  permission: 'Permission',
  permissions: { read: 'View only', admin: 'Full access', manage: 'View and manage', server: 'Send leads' },
  name: 'Name',
  nameHelp: 'Reusing a name rotates the key; both stay valid until you revoke one.',
  enterName: 'Enter a name.',
  invalidName: 'Enter a name of up to 80 characters on one line.',
  submit: 'Create key',
  storeSafely: 'Store it in a safe place.',
} as const

export const portalAccessText = {
  region: 'Portal access',
  title: 'School portal',
  help: 'Create a single-use link that signs someone at the school in to the portal. They can see the school’s leads, pause campaigns, and change caps.',
  worksUntil: 'The link works once and expires',
  create: 'Create sign-in link',
  keys: 'API keys of this school',
  list: 'Sign-in links and sessions of this school',
} as const

export const portalSessionsText = {
  title: 'Portal access',
  titleForSchool: (school: string) => `Portal access of ${school}`,
  intro:
    'A sign-in link opens one session of up to 12 hours. Both end at once when you end them here, when the staff key that created the link is revoked, or when the school is deleted.',
  school: 'School',
  showEnded: 'Include ended sessions and links',
  create: 'Create a sign-in link',
  status: 'Status',
  createdBy: 'Link created by',
  expires: 'Expires',
  action: 'Action',
  unknownKey: 'An older key',
  sessions: {
    title: 'Sessions',
    caption: 'Sessions, newest first',
    empty: 'Nobody is signed in to the portal.',
    started: 'Signed in',
    lastUsed: 'Last used',
    never: 'Never',
    end: 'End session',
    endTitle: (school: string) => `End this session of ${school}?`,
    endHelp:
      'The person is signed out at the next click and needs a new link. Other sessions and API keys keep working.',
  },
  links: {
    title: 'Sign-in links',
    caption: 'Sign-in links, newest first',
    empty: 'No links are waiting to be opened.',
    created: 'Created',
    opened: 'Opened',
    revoke: 'Revoke',
    revokeTitle: (school: string) => `Revoke this link to ${school}?`,
    revokeHelp: 'The link no longer signs anyone in. This can’t be undone; you can create a new link.',
  },
  endAll: {
    button: 'End all sessions',
    title: (school: string) => `End all portal access of ${school}?`,
    help: 'Everyone at the school is signed out, and unopened links are revoked. API keys keep working.',
    done: (sessions: number, links: number) =>
      `Ended ${formatCount(sessions, 'session')} and revoked ${formatCount(links, 'link')}.`,
  },
} as const

function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
