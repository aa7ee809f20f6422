import { describe, expect, it } from 'vitest'
import { completeRoleRights } from '#shared/contract/access/complete-role-rights.ts'
import { isRoleAllowed } from '#shared/contract/access/role-rights.ts'
import { fillPath } from '#shared/contract/fill-path.ts'
import { problem } from '#shared/contract/problems.ts'
import { getRequiredAccess, type Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { type PersonRole, personRoles } from '#shared/domain/access/access-person.ts'
import { createTestSystem, submitTestLead } from '#test/functions/create-test-system.ts'
import { type Browser, createSignedInPerson } from '#test/functions/operator/access/people/create-people-system.ts'

const all: readonly Route[] = Object.values(routes).flat()
const operations = {
  operator: all.filter(({ caller }) => caller === 'operator'),
  school: all.filter(({ caller }) => caller === 'school'),
  // People of publishers read; leads are sent with a key.
  source: all.filter(({ caller, secretKey }) => caller === 'source' && secretKey === true),
}

const peopleAndKeys = /Person$|^listPeople$|^sendInvitation$|^resetSecondFactor$|Key$|^listKeys$/
const personalData = /^erasePerson$/
const money = ['acceptReturn', 'refuseReturn', 'decideReturns', 'grantCredit', 'addLedgerEntry']
/** How leads arrive, and who may sign in. */
const administration = /Colleague|^changeSchoolCampaign$|^rotateSecret$|^sendTestLead$|^endOwnSessions$/

/** What each role may do, as rules: written apart from the table that they are held against. */
function expectRoles(route: Route): readonly PersonRole[] {
  const { name, caller } = route
  const isRead = getRequiredAccess(route) === 'read'
  if (caller === 'operator') {
    if (peopleAndKeys.test(name) && !personalData.test(name)) return ['owner']
    if (money.includes(name)) return ['owner', 'billing']
    return isRead && name !== 'exportSuppressions' ? personRoles.operator : ['owner', 'operations']
  }
  if (caller === 'source') return isRead ? personRoles.source : []
  if (name === 'endOwnSession') return []
  if (administration.test(name)) return ['admin']
  return isRead ? personRoles.school : ['admin', 'officer']
}

describe('the table of roles', () => {
  it.each(['operator', 'school', 'source'] as const)(
    'has a row for every operation of %s, and for no other',
    (caller) => {
      expect(Object.keys(completeRoleRights[caller]).toSorted()).toEqual(
        operations[caller].map(({ name }) => name).toSorted(),
      )
    },
  )

  it('gives no role an operation without a row', () => {
    for (const role of [...personRoles.operator, ...personRoles.school])
      for (const caller of ['operator', 'school', 'source', 'anyone'] as const)
        expect(isRoleAllowed(role, { name: 'launchRockets', caller })).toBe(false)
  })
})

describe.each(['operator', 'school', 'source'] as const)('a person of %s', (caller) => {
  it.each(personRoles[caller])(
    'with the role %s may call what the rules say, and is refused everything else',
    async (role) => {
      const { api } = await createTestSystem()
      expect(await listFaults(role, (await createSignedInPerson(api, role, holderOf(caller))).browser, caller)).toEqual(
        [],
      )
    },
  )
})

describe('the test of roles detects', () => {
  it('detects: a viewer who can do what an admin can', async () => {
    const { api } = await createTestSystem()
    const { browser } = await createSignedInPerson(api, 'admin')
    expect(await listFaults('viewer', browser, 'school')).toContain('rotateSecret: allowed')
  })

  it('detects: an officer who can do less than the rules say', async () => {
    const { api } = await createTestSystem()
    const { browser } = await createSignedInPerson(api, 'viewer')
    expect(await listFaults('officer', browser, 'school')).toContain('recordDisposition: refused')
  })
})

const holders = {
  operator: { caller: 'operator' },
  school: { caller: 'school', schoolId: 'tall-grass' },
  source: { caller: 'source', sourceId: 'landing' },
} as const
const holderOf = (caller: keyof typeof holders) => ({ holder: holders[caller] })

/** Calls every operation, with an empty body if it takes one: a role is judged before the body. What ends sessions comes last. */
async function listFaults(role: PersonRole, browser: Browser, caller: keyof typeof holders): Promise<string[]> {
  const faults: string[] = []
  const endsSessions = ({ name }: Route) => Number(name === 'endOwnSessions')
  for (const route of operations[caller].toSorted((one, other) => endsSessions(one) - endsSessions(other))) {
    const path = fillPath(route.path, parameters)
    const { status, body } = await browser.call(route.method, path, route.body && { body: {} })
    const isRefused = status === 403 && problem.parse(body).code === 'ROLE_NOT_ALLOWED'
    if (status === 401) faults.push(`${route.name}: not signed in`)
    else if (isRefused === expectRoles(route).includes(role))
      faults.push(`${route.name}: ${isRefused ? 'refused' : 'allowed'}`)
  }
  return faults
}

const unusedId = '9'.repeat(22)
const parameters = {
  id: 'nothing-there',
  personId: `psn_${unusedId}`,
  keyId: `key_${unusedId}`,
  linkId: `lnk_${unusedId}`,
  sessionId: `key_${unusedId}`,
  leadId: `lead_${unusedId}`,
  deliveryId: `dlv_${unusedId}`,
  dispositionId: `dsp_${unusedId}`,
  replayId: `rpl_${unusedId}`,
  erasureId: `ers_${unusedId}`,
  suppressionId: `sup_${unusedId}`,
  withdrawalId: `wdr_${unusedId}`,
  accountKind: 'schools',
  accountId: 'nothing-there',
  report: 'daily',
  day: '2026-11-23',
  month: '2026-10',
  inboundId: `inb_${unusedId}`,
}

describe('an export of contact details', () => {
  it.each(personRoles.operator)('needs the right to reveal them, with the role %s', async (role) => {
    const system = await createTestSystem()
    await submitTestLead(system)
    const { browser } = await createSignedInPerson(system.api, role, holderOf('operator'))
    const exportLeads = (contacts: string) =>
      browser.call('POST', '/v1/ops/lead-exports', { body: { day: '2026-11-23', contacts, purpose: 'A check.' } })
    const masked = await exportLeads('masked')
    expect(masked.status).toBe(200)
    expect(masked.text).not.toContain('ada1@mail.example')
    const revealed = await exportLeads('revealed')
    const mayReveal = isRoleAllowed(role, { name: 'revealLead', caller: 'operator' })
    expect(revealed.status).toBe(mayReveal ? 200 : 403)
    expect(revealed.text.includes('ada1@mail.example')).toBe(mayReveal)
  })
})
