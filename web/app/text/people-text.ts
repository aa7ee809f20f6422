import type { PersonRole } from '#shared/domain/access/access-person.ts'

/** Text of signing in, of one's own account, and of the people who may sign in. Console and portal share it. */
export const signInText = {
  email: 'Email address',
  send: 'Email me a sign-in link',
  enterEmail: 'Enter your email address.',
  invalidEmail: 'Enter a valid email address, like name@school.edu.',
  sentTitle: 'Check your email',
  sent: (email: string, minutes: number) =>
    `If ${email} has access, we’ve sent a link to it. Open it in this browser within ${minutes} minutes.`,
  otherEmail: 'Use another email address',
  signInWith: (provider: string) => `Sign in with ${provider}`,
  keyTitle: 'Or sign in with a key',
  linkHelp: 'This link signs you in. It works only once, so don’t share it.',
  linkUsed: 'This link was already used or replaced by a newer one. Enter your email address to get a new one.',
  linkExpired: 'This link has expired. Enter your email address to get a new one.',
  sessionEnded: 'Your session has ended. Sign in again.',
} as const

export const secondFactorText = {
  title: 'Authenticator app',
  off: 'Off. With an authenticator app, a link from your email is not enough to sign in.',
  on: 'On. You’re asked for a code each time you sign in.',
  required:
    'Your role needs an authenticator app. Set one up to continue. Any app works, such as 1Password or Google Authenticator.',
  setUp: 'Set up authenticator app',
  moveTo: 'Move to another phone',
  replaceHelp: 'Enter a code from the app that you use now, or a recovery code.',
  replace: 'Set up another app',
  scanTitle: 'Scan this code',
  scanHelp: 'Open your authenticator app, choose to add an account, and scan the code.',
  qrLabel: 'QR code for your authenticator app',
  typeInstead: 'Can’t scan it? Type this key into the app instead:',
  firstCode: 'Code from the app',
  firstCodeHelp: 'Six digits. The app shows a new code every 30 seconds.',
  turnOn: 'Turn on',
  isOn: 'Your authenticator app is on.',
  recoveryTitle: 'Save your recovery codes',
  recoveryHelp: 'Without your phone, sign in with one of these codes. Each works once.',
  keepCodes: 'Keep the codes where you keep passwords, not on the same phone.',
  saved: 'I’ve saved them',
  code: 'Code',
  codeHelp: 'Enter the six digits that your authenticator app shows, or a recovery code.',
  enterCode: 'Enter a code.',
  continue: 'Continue',
  otherPerson: 'Sign in as someone else',
} as const

export const accountText = {
  title: 'Your account',
  yourAccount: (name: string) => `Your account: ${name}`,
  name: 'Name',
  email: 'Email',
  role: 'Role',
  sessions: 'Where you’re signed in',
  sessionsEmpty: 'You’re not signed in anywhere.',
  device: 'Browser',
  unknownDevice: 'Unknown browser',
  thisSession: 'This browser',
  started: 'Signed in',
  lastUsed: 'Last used',
  ends: 'Ends by',
  action: 'Action',
  end: 'Sign out',
  endTitle: (device: string) => `Sign out of ${device}?`,
  endHelp: 'Whoever uses that browser must sign in again.',
  everywhere: 'Sign out everywhere',
  everywhereTitle: 'Sign out everywhere?',
  everywhereHelp: 'You’re signed out in every browser, this one too. Sign-in links in your email stop working.',
  usesKey: 'You’re signed in with a key. Keys belong to programs; ask for an invitation to sign in by email.',
} as const

export const roleNames: { [role in PersonRole]: string } = {
  owner: 'Owner',
  operations: 'Operations',
  billing: 'Billing',
  viewer: 'Viewer',
  admin: 'Admin',
  officer: 'Officer',
}

export const roleText = {
  notAllowed: (role: string, allowed: readonly string[]) =>
    `Your role, ${role}, can’t do this. These roles can: ${allowed.join(', ')}.`,
} as const

export const roleHelp: { [role in PersonRole]: string } = {
  owner: 'Everything, including people and keys.',
  operations: 'Everything except people, keys and credit decisions.',
  billing: 'Decides on credit, and reads the rest.',
  viewer: 'Reads only.',
  admin: 'Works leads, and manages campaigns, secrets and people.',
  officer: 'Works leads: status, credit requests, opt-outs.',
}

export const peopleText = {
  title: 'People',
  intro: 'People sign in with a link that we email to them. Each change that they make carries their name.',
  inviteTitle: 'Invite someone',
  worksFor: 'Works for',
  orPublisher: 'Or for the publisher',
  noPublisher: 'No publisher',
  staff: 'Staff',
  name: 'Name',
  email: 'Email address',
  role: 'Role',
  invite: 'Send invitation',
  enterName: 'Enter a name.',
  invalidEmail: 'Enter a valid email address, like name@school.edu.',
  invitation: {
    sent: (email: string) => `We emailed an invitation to ${email}. The link works once and expires in 7 days.`,
    failed: (email: string) =>
      `${email} was added, but the email could not be sent. Check the mail server and send it again, or pass on this link.`,
    'not-configured': (email: string) =>
      `${email} was added, but no email was sent: this system does not know its public address. Pass on this link.`,
  },
  passOn: 'It signs the person in once. Give it only to them.',
  list: 'People with access',
  empty: 'No one yet. Invite someone above.',
  status: 'Status',
  lastSignIn: 'Last sign-in',
  never: 'Never',
  secondFactor: 'Authenticator app',
  hasSecondFactor: 'On',
  noSecondFactor: 'Off',
  resetSecondFactor: 'Reset app',
  resetTitle: (name: string) => `Reset the authenticator app of ${name}?`,
  resetHelp:
    'Do this if they lost their phone and recovery codes. They’re signed out everywhere, and can sign in with a link from their email alone.',
  action: 'Action',
  changeRole: (name: string) => `Role of ${name}`,
  resend: 'Send again',
  disable: 'Disable',
  disableTitle: (name: string) => `Disable ${name}?`,
  disableHelp: 'They are signed out everywhere at once and can’t sign in until you enable them.',
  enable: 'Enable',
  remove: 'Delete',
  removeTitle: (name: string) => `Delete ${name}?`,
  removeHelp:
    'Their email and sessions are deleted. Records and the audit log keep the name with what they did. This can’t be undone.',
} as const
