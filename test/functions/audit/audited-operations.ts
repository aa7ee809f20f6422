import * as z from 'zod'
import { startProviderSignIn } from '#shared/contract/access/provider-sign-in.ts'
import { listSessions } from '#shared/contract/access/sessions.ts'
import { listOwnSessions } from '#shared/contract/access/sign-in.ts'
import type { AuditAction } from '#shared/domain/access/audit-actions.ts'
import {
  aCampaign,
  aCareer,
  aLead,
  aProgram,
  aSchool,
  career,
  postLead,
  requestMatch,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import type { TestResponse } from '#test/functions/house/check-response.ts'
import { createOwnerWithApp, giveApp } from '#test/functions/operator/access/people/create-owner-with-app.ts'
import {
  aPersonRequest,
  createBrowser,
  createPerson,
  createSignedInPerson,
} from '#test/functions/operator/access/people/create-people-system.ts'

/** What an operation must leave in the audit, and one call that does it. */
export type AuditedOperation = { action: AuditAction; run: (system: TestSystem) => Promise<TestResponse> }
/** Why an operation that is no GET leaves no entry. */
export type UnauditedOperation = { reason: string }

const staff =
  (method: string, path: string, body?: object): AuditedOperation['run'] =>
  ({ api }) =>
    api.staff(method, path, { body })

async function asSchool({ api }: TestSystem, method: string, path: string, body?: object) {
  return api.call(method, path, { headers: { authorization: `Bearer ${await api.schoolKey('tall-grass')}` }, body })
}

async function deliverLead(system: TestSystem): Promise<string> {
  const { schools } = await submitTestLead(system)
  const { deliveryId } = schools.find(({ schoolId }) => schoolId === 'tall-grass') ?? {}
  if (deliveryId === undefined) throw new Error('No delivery for the school.')
  await system.api.deliver(deliveryId)
  return deliveryId
}

async function requestReturn(system: TestSystem): Promise<string> {
  const deliveryId = await deliverLead(system)
  await asSchool(system, 'POST', `/v1/school/deliveries/${deliveryId}/returns`, { reason: 'invalid-contact' })
  return deliveryId
}

async function quarantineLead(system: TestSystem): Promise<string> {
  const { leadId } = z
    .object({ leadId: z.string() })
    .parse((await postLead(system, aLead(await requestMatch(system), 1, { website: 'https://bot.example' }))).body)
  return leadId
}

async function addSuppression({ api }: TestSystem): Promise<string> {
  const body = { email: 'ada1@mail.example', reason: 'By phone.' }
  const response = await api.staff('POST', '/v1/ops/suppressions', { body })
  return z.object({ suppressionId: z.string() }).parse(response.body).suppressionId
}

async function createLink({ api }: TestSystem): Promise<{ linkId: string; token: string }> {
  const { body } = await api.staff('POST', '/v1/ops/portal-links', { body: { schoolId: 'tall-grass' } })
  return z.object({ linkId: z.string(), token: z.string() }).parse(body)
}

async function openSession(system: TestSystem) {
  const { token } = await createLink(system)
  return system.api.call('POST', '/v1/school-sessions', { body: { token } })
}

/** Calls with the key of a portal session. */
async function asSession(system: TestSystem, method: string, path: string) {
  const { key } = z.object({ key: z.string() }).parse((await openSession(system)).body)
  return system.api.call(method, path, { headers: { authorization: `Bearer ${key}` } })
}

const removeCampaigns = async ({ api }: TestSystem) => {
  for (const id of ['tall-grass-tx', 'bay-shore-tx']) await api.staff('DELETE', `/v1/ops/campaigns/${id}`)
}
const removePrograms = async (system: TestSystem) => {
  await removeCampaigns(system)
  for (const id of ['tall-grass-hit', 'bay-shore-hit']) await system.api.staff('DELETE', `/v1/ops/programs/${id}`)
}

/** Every operation that is no GET. */
export const auditedOperations: { [operation: string]: AuditedOperation | UnauditedOperation } = {
  putCareer: { action: 'record.created', run: staff('PUT', '/v1/ops/careers/new-career', aCareer()) },
  putSchool: { action: 'record.created', run: staff('PUT', '/v1/ops/schools/new-school', aSchool()) },
  putProgram: { action: 'record.created', run: staff('PUT', '/v1/ops/programs/new-program', aProgram()) },
  putCampaign: { action: 'record.created', run: staff('PUT', '/v1/ops/campaigns/new-campaign', aCampaign()) },
  putSource: { action: 'record.created', run: staff('PUT', '/v1/ops/sources/new', { name: 'New', mode: 'live' }) },
  deleteCareer: {
    action: 'record.deleted',
    run: async (system) => {
      await removePrograms(system)
      return staff('DELETE', `/v1/ops/careers/${career}`)(system)
    },
  },
  deleteSchool: {
    action: 'record.deleted',
    run: async (system) => {
      await removePrograms(system)
      return staff('DELETE', '/v1/ops/schools/tall-grass')(system)
    },
  },
  deleteProgram: {
    action: 'record.deleted',
    run: async (system) => {
      await removeCampaigns(system)
      return staff('DELETE', '/v1/ops/programs/tall-grass-hit')(system)
    },
  },
  deleteCampaign: { action: 'record.deleted', run: staff('DELETE', '/v1/ops/campaigns/tall-grass-tx') },
  deleteSource: { action: 'record.deleted', run: staff('DELETE', '/v1/ops/sources/landing') },
  rotateCampaignSecret: {
    action: 'secret.rotated',
    run: staff('POST', '/v1/ops/campaigns/tall-grass-tx/secret-rotations', {}),
  },
  createKey: {
    action: 'key.created',
    run: staff('POST', '/v1/ops/keys', { holder: { caller: 'operator' }, scope: 'read', name: 'Reports' }),
  },
  revokeKey: {
    action: 'key.revoked',
    run: async ({ api }) => {
      const { keyId } = await api.createApiKey({ caller: 'operator' }, 'read')
      return api.staff('DELETE', `/v1/ops/keys/${keyId}`)
    },
  },
  createPortalLink: {
    action: 'portal-link.created',
    run: staff('POST', '/v1/ops/portal-links', { schoolId: 'tall-grass' }),
  },
  revokePortalLink: {
    action: 'portal-link.revoked',
    run: async (system) => system.api.staff('DELETE', `/v1/ops/portal-links/${(await createLink(system)).linkId}`),
  },
  openSchoolSession: { action: 'portal-link.opened', run: openSession },
  endSession: {
    action: 'session.ended',
    run: async (system) => {
      await openSession(system)
      const { body } = await system.api.staff('GET', '/v1/ops/sessions')
      const [session] = listSessions.responses[200].body.parse(body).sessions
      return system.api.staff('DELETE', `/v1/ops/sessions/${session?.sessionId}`)
    },
  },
  invitePerson: { action: 'access.invited', run: staff('POST', '/v1/ops/people', aPersonRequest()) },
  changePerson: {
    action: 'access.changed',
    run: async ({ api }) => {
      const { person } = await createPerson(api)
      return api.staff('PATCH', `/v1/ops/people/${person.personId}`, { body: { role: 'viewer' } })
    },
  },
  sendInvitation: {
    action: 'access.reinvited',
    run: async ({ api }) => {
      const { person } = await createSignedInPerson(api)
      return api.staff('POST', `/v1/ops/people/${person.personId}/invitations`)
    },
  },
  removePerson: {
    action: 'access.removed',
    run: async ({ api }) => api.staff('DELETE', `/v1/ops/people/${(await createPerson(api)).person.personId}`),
  },
  inviteColleague: {
    action: 'access.invited',
    run: (system) =>
      asSchool(system, 'POST', '/v1/school/people', { email: 'new@people.example', name: 'New', role: 'viewer' }),
  },
  changeColleague: {
    action: 'access.changed',
    run: async (system) => {
      const { person } = await createPerson(system.api)
      return asSchool(system, 'PATCH', `/v1/school/people/${person.personId}`, { status: 'disabled' })
    },
  },
  sendColleagueInvitation: {
    action: 'access.reinvited',
    run: async (system) => {
      const { person } = await createSignedInPerson(system.api)
      return asSchool(system, 'POST', `/v1/school/people/${person.personId}/invitations`)
    },
  },
  removeColleague: {
    action: 'access.removed',
    run: async (system) => {
      const { person } = await createPerson(system.api)
      return asSchool(system, 'DELETE', `/v1/school/people/${person.personId}`)
    },
  },
  requestSignIn: {
    reason: 'Anyone may ask, whether or not someone signs in with the email. Signing in leaves an entry.',
  },
  signIn: {
    action: 'session.started',
    run: async ({ api }) => createBrowser(api, 'portal').open((await createPerson(api)).token),
  },
  signOut: {
    action: 'session.ended',
    run: async ({ api }) => (await createSignedInPerson(api)).browser.call('DELETE', '/v1/session'),
  },
  endPersonSession: {
    action: 'session.ended',
    run: async ({ api }) => {
      const { browser } = await createSignedInPerson(api)
      const { body } = await browser.call('GET', '/v1/sessions')
      const [session] = listOwnSessions.responses[200].body.parse(body).sessions
      return browser.call('DELETE', `/v1/sessions/${session?.sessionId}`)
    },
  },
  signOutEverywhere: {
    action: 'session.ended',
    run: async ({ api }) => (await createSignedInPerson(api)).browser.call('DELETE', '/v1/sessions'),
  },
  changeNotificationSettings: {
    action: 'access.changed',
    run: async ({ api }) =>
      (await createSignedInPerson(api)).browser.call('PUT', '/v1/session/notifications', {
        body: { choices: { 'cap-used': 'off' } },
      }),
  },
  startProviderSignIn: { reason: 'Anyone may begin. Who is signed in at the end leaves an entry.' },
  completeProviderSignIn: { action: 'session.started', run: signInAtProvider },
  proveSecondFactor: {
    action: 'session.started',
    run: async ({ api }) => {
      const { person, token } = await createPerson(api, 'owner')
      const showCode = await giveApp(api, person)
      const browser = createBrowser(api, 'console')
      await browser.open(token)
      return browser.call('POST', '/v1/session/second-factor', { body: { code: showCode() } })
    },
  },
  startSecondFactor: { reason: 'Nothing counts yet. The setup leaves an entry when it is complete.' },
  confirmSecondFactor: {
    action: 'second-factor.added',
    run: async ({ api }) => (await createOwnerWithApp(api)).response,
  },
  resetSecondFactor: {
    action: 'second-factor.reset',
    run: async ({ api }) => {
      const { person } = await createPerson(api, 'owner')
      return api.staff('DELETE', `/v1/ops/people/${person.personId}/second-factor`)
    },
  },
  endSchoolSessions: {
    action: 'session.ended',
    run: async (system) => {
      await openSession(system)
      return system.api.staff('DELETE', '/v1/ops/schools/tall-grass/sessions')
    },
  },
  endOwnSession: {
    action: 'session.ended',
    run: (system) => asSession(system, 'DELETE', '/v1/school/session'),
  },
  endOwnSessions: {
    action: 'session.ended',
    run: (system) => asSession(system, 'DELETE', '/v1/school/sessions'),
  },
  revealLead: {
    action: 'lead.revealed',
    run: async (system) => {
      const { leadId } = await submitTestLead(system)
      return system.api.staff('POST', `/v1/ops/leads/${leadId}/reveals`, { body: { purpose: 'A question.' } })
    },
  },
  findConsentProofs: {
    action: 'consent-proof.read',
    run: async (system) => {
      await submitTestLead(system)
      return staff('POST', '/v1/ops/consent-proofs', { email: 'ada1@mail.example', purpose: 'A question.' })(system)
    },
  },
  exportLeads: {
    action: 'leads.exported',
    run: staff('POST', '/v1/ops/lead-exports', { day: '2026-11-23', contacts: 'masked' }),
  },
  erasePerson: { action: 'person.erased', run: staff('POST', '/v1/ops/erasures', { email: 'ada1@mail.example' }) },
  answerAccessRequest: {
    action: 'access-request.answered',
    run: async (system) => {
      await submitTestLead(system)
      return staff('POST', '/v1/ops/access-requests', { email: 'ada1@mail.example', purpose: 'Request 31.' })(system)
    },
  },
  addSuppression: {
    action: 'suppression.added',
    run: staff('POST', '/v1/ops/suppressions', {
      email: 'ada1@mail.example',
      basis: 'do-not-contact',
      reason: 'A legal demand.',
    }),
  },
  liftSuppression: {
    action: 'suppression.lifted',
    run: async (system) =>
      system.api.staff('POST', `/v1/ops/suppressions/${await addSuppression(system)}/lift`, {
        body: { reason: 'An error.' },
      }),
  },
  // One entry for each row that is written.
  importRecords: {
    action: 'record.created',
    run: staff('POST', '/v1/ops/imports', { kind: 'schools', rows: [{ id: 'new-school', body: aSchool() }] }),
  },
  // One entry for each person of the list.
  importSuppressions: {
    action: 'suppression.added',
    run: staff('POST', '/v1/ops/suppressions/imports', { csv: 'email\nada1@mail.example\n', reason: 'A list.' }),
  },
  // Hashes are exported without an entry.
  exportSuppressions: {
    action: 'suppressions.exported',
    run: async (system) => {
      await addSuppression(system)
      return staff('POST', '/v1/ops/suppressions/exports', { format: 'plain', purpose: 'For a school.' })(system)
    },
  },
  withdrawConsent: {
    action: 'consent.withdrawn',
    run: ({ api, sourceKey }) =>
      api.call('POST', '/v1/consents/withdrawals', {
        headers: { 'x-source-key': sourceKey },
        body: { email: 'ada1@mail.example' },
      }),
  },
  withdrawByLink: {
    action: 'consent.withdrawn',
    run: async (system) => {
      const { leadId } = await submitTestLead(system)
      const { digests } = system.api.createDependencies('operator')
      return system.api.call('POST', `/v1/withdrawals/${leadId}.${digests.signLink(leadId)}`)
    },
  },
  recordSchoolWithdrawal: {
    action: 'consent.withdrawn',
    run: async (system) =>
      asSchool(system, 'POST', '/v1/school/withdrawals', { deliveryId: await deliverLead(system) }),
  },
  importSchoolWithdrawals: {
    action: 'consent.withdrawn',
    run: (system) => asSchool(system, 'POST', '/v1/school/withdrawals/imports', { csv: 'email\nada1@mail.example\n' }),
  },
  acceptReturn: {
    action: 'return.accepted',
    run: async (system) =>
      system.api.staff('POST', `/v1/ops/deliveries/${await requestReturn(system)}/return/accept`, { body: {} }),
  },
  refuseReturn: {
    action: 'return.refused',
    run: async (system) =>
      system.api.staff('POST', `/v1/ops/deliveries/${await requestReturn(system)}/return/refuse`, {
        body: { answer: 'No.' },
      }),
  },
  decideReturns: {
    action: 'return.accepted',
    run: async (system) =>
      system.api.staff('POST', '/v1/ops/return-decisions', {
        body: { decision: 'accept', deliveryIds: [await requestReturn(system)] },
      }),
  },
  recordOutcome: {
    action: 'disposition.recorded',
    run: async (system) =>
      system.api.staff('POST', `/v1/ops/deliveries/${await deliverLead(system)}/dispositions`, {
        body: { disposition: 'contacted' },
      }),
  },
  grantCredit: {
    action: 'credit.granted',
    run: async (system) =>
      system.api.staff('POST', `/v1/ops/deliveries/${await deliverLead(system)}/return`, {
        body: { reason: 'duplicate' },
      }),
  },
  addLedgerEntry: {
    action: 'payment.recorded',
    run: ({ api }) =>
      api.staff('POST', '/v1/ops/accounts/schools/tall-grass/entries', {
        headers: { 'idempotency-key': 'wire-17' },
        body: { kind: 'payment', amountCents: 10_000 },
      }),
  },
  replayDelivery: {
    action: 'delivery.replayed',
    run: async (system) => system.api.staff('POST', `/v1/ops/deliveries/${await deliverLead(system)}/replay`),
  },
  startReplay: { action: 'replay.started', run: staff('POST', '/v1/ops/replays', { filter: {}, dryRun: false }) },
  releaseLead: {
    action: 'lead.released',
    run: async (system) => system.api.staff('POST', `/v1/ops/leads/${await quarantineLead(system)}/release`),
  },
  rejectLead: {
    action: 'lead.rejected',
    run: async (system) => system.api.staff('POST', `/v1/ops/leads/${await quarantineLead(system)}/reject`),
  },
  changeSchoolCampaign: {
    action: 'campaign.changed-by-school',
    run: (system) => asSchool(system, 'PATCH', '/v1/school/campaigns/tall-grass-tx', { status: 'paused' }),
  },
  resendDelivery: {
    action: 'delivery.replayed',
    run: async (system) => asSchool(system, 'POST', `/v1/school/deliveries/${await deliverLead(system)}/replay`),
  },
  recordDisposition: {
    action: 'disposition.recorded',
    run: async (system) =>
      asSchool(system, 'POST', `/v1/school/deliveries/${await deliverLead(system)}/dispositions`, {
        disposition: 'contacted',
      }),
  },
  undoDisposition: {
    action: 'disposition.undone',
    run: async (system) => {
      const path = `/v1/school/deliveries/${await deliverLead(system)}/dispositions`
      const { body } = await asSchool(system, 'POST', path, { disposition: 'contacted' })
      const { dispositionId } = z.object({ dispositionId: z.string() }).parse(body)
      return asSchool(system, 'POST', `${path}/${dispositionId}/undo`)
    },
  },
  recordDispositions: {
    action: 'disposition.recorded',
    run: async (system) =>
      asSchool(system, 'POST', '/v1/school/dispositions', {
        rows: [{ deliveryId: await deliverLead(system), disposition: 'contacted' }],
      }),
  },
  requestReturn: {
    action: 'return.requested',
    run: async (system) =>
      asSchool(system, 'POST', `/v1/school/deliveries/${await deliverLead(system)}/returns`, {
        reason: 'invalid-contact',
      }),
  },
  takeLead: {
    action: 'lead.taken',
    run: async (system) => {
      const { schools } = await submitTestLead(system)
      const { deliveryId } = schools.find(({ schoolId }) => schoolId === 'tall-grass') ?? {}
      return asSchool(system, 'POST', `/v1/school/leads/${deliveryId}/take`)
    },
  },
  handleRejectedInbound: {
    action: 'inbound.handled',
    run: async ({ api }) => {
      const inboundId = 'inb_4fJ0q2mXbW7cT1nZ8yKd5A'
      await api.createDependencies('capture').rejectedInbound.record({
        ...{ inboundId, sourceId: 'landing', vendor: 'google', vendorLeadId: 'lead-1', formId: '1', test: false },
        ...{ at: api.clock.now.toISOString(), code: 'FORM_UNKNOWN', errors: [] },
      })
      return api.staff('POST', `/v1/ops/rejected-inbound/${inboundId}/handled`)
    },
  },
  handleUntakenWork: {
    action: 'untaken-work.handled',
    run: async (system) => {
      const { schools } = await submitTestLead(system)
      const { deliveryId } = schools.find(({ schoolId }) => schoolId === 'tall-grass') ?? {}
      await asSchool(system, 'POST', `/v1/school/deliveries/${deliveryId}/dispositions`, { disposition: 'contacted' })
      return system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/untaken-work/handled`)
    },
  },
  rotateSecret: {
    action: 'secret.rotated',
    run: (system) => asSchool(system, 'POST', '/v1/school/secret-rotations', { campaignId: 'tall-grass-tx' }),
  },
  sendCampaignTestLead: {
    action: 'test-lead.sent',
    run: staff('POST', '/v1/ops/campaigns/tall-grass-tx/test-leads'),
  },
  sendTestLead: {
    action: 'test-lead.sent',
    run: (system) => asSchool(system, 'POST', '/v1/school/test-leads', { campaignId: 'tall-grass-tx' }),
  },

  matchSchools: { reason: 'Writes nothing.' },
  takeMetaLeads: { reason: 'As submitLead.' },
  takeGoogleLead: { reason: 'As submitLead.' },
  submitLead: { reason: 'The lead, its consent and its decisions are the record of it, and no record is changed.' },
  explainMatch: { reason: 'Reads records only.' },
  previewEndpoint: { reason: 'Reads records only.' },
  fillEndpointTemplate: { reason: 'Writes nothing.' },
  simulateCampaigns: { reason: 'Reads records only.' },
  searchLeads: { reason: 'Returns leads without contact details.' },
  searchSuppressions: { reason: 'Returns suppressions without contact details.' },
}

async function signInAtProvider({ api }: TestSystem): Promise<TestResponse> {
  await createPerson(api, 'owner')
  const browser = createBrowser(api, 'console')
  const { body } = await browser.call('POST', '/v1/provider-sign-ins', { body: {} })
  const { url } = startProviderSignIn.responses[201].body.parse(body)
  const { search } = api.provider.signIn(url, { email: 'owner@people.example', email_verified: true })
  return browser.call('POST', '/v1/provider-sign-ins/completions', { body: { parameters: search } })
}
