import { signInLinkMinutes } from '#shared/domain/access/access-person.ts'
import type { OperationExamples } from './operation-examples.ts'
import { at, lastPage, later, schoolId } from './people.ts'

const session = {
  sessionId: 'ses_4fJ0q2mXbW7cT1nZ8yKd5A',
  startedAt: at,
  lastUsedAt: later,
  endsAt: '2026-12-07T15:04:05.000Z',
  device: 'Firefox on macOS',
}
const identity = {
  personId: 'psn_4fJ0q2mXbW7cT1nZ8yKd5A',
  holder: { caller: 'school', schoolId },
  email: 'sam@tall-grass.example',
  name: 'Sam Rivera',
  role: 'officer',
} as const
const staffIdentity = {
  personId: 'psn_Zk3nPq8sVb1xR6tLw0Yc2E',
  holder: { caller: 'operator' },
  email: 'jo@staff.example',
  name: 'Jo Rivera',
  role: 'owner',
} as const
const person = {
  ...identity,
  status: 'active',
  createdAt: at,
  createdBy: { kind: 'staff', keyId: 'ses_Zk3nPq8sVb1xR6tLw0Yc2E', name: 'Jo', personId: 'psn_Zk3nPq8sVb1xR6tLw0Yc2E' },
  invitedAt: at,
  lastSignInAt: later,
}
const page = { people: [person], page: lastPage }
const { lastSignInAt: _, ...unopened } = person
const invitedExample = { person: { ...unopened, status: 'invited' }, invitation: 'sent' }

const notificationSettings = {
  events: [
    { event: 'cap-used', timing: 'daily', default: 'at-once' },
    { event: 'leads-stopped', timing: 'off', default: 'at-once' },
  ],
}

/** The people who sign in, and their sessions. */
export const access: OperationExamples = {
  listPeople: { 200: page },
  readPerson: { 200: { person, sessions: [session], unopenedLinks: 0 } },
  invitePerson: { 201: invitedExample },
  changePerson: { 200: { ...person, role: 'viewer' } },
  sendInvitation: { 201: invitedExample },
  listColleagues: { 200: page },
  inviteColleague: { 201: invitedExample },
  changeColleague: { 200: { ...person, status: 'disabled' } },
  sendColleagueInvitation: { 201: invitedExample },
  requestSignIn: { 202: { validMinutes: signInLinkMinutes } },
  signIn: { 201: { person: identity, app: 'portal', secondFactor: 'off' } },
  readSelf: { 200: { ...identity, secondFactor: 'off' } },
  readSignInOptions: { 200: { provider: { name: 'Okta' } } },
  startProviderSignIn: { 201: { url: 'https://login.example/authorize?response_type=code&client_id=prospectus' } },
  completeProviderSignIn: { 201: { person: staffIdentity, app: 'console', secondFactor: 'code-required' } },
  proveSecondFactor: { 201: { person: staffIdentity, app: 'console', secondFactor: 'on' } },
  startSecondFactor: {
    201: {
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Prospectus:jo%40staff.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Prospectus&digits=6&period=30',
    },
  },
  confirmSecondFactor: { 201: { recoveryCodes: ['MFRG-GZDF-MZTW-Q2LK', 'NNWG-23TP-OBYX-E43U'] } },
  readNotificationSettings: { 200: notificationSettings },
  changeNotificationSettings: { 200: notificationSettings },
  listOwnSessions: { 200: { sessions: [{ ...session, isCurrent: true }] } },
}
