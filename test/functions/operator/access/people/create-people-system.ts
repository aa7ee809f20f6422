import { invitePerson as route } from '#shared/contract/access/people.ts'
import { appHeader } from '#shared/contract/access/session-carriers.ts'
import {
  accessPerson,
  getSignInApp,
  type PersonHolder,
  type PersonRole,
  type SignInApp,
} from '#shared/domain/access/access-person.ts'
import { invitePerson } from '#shared/workflows/access/invite-person.ts'
import type { TestApi, TestApiOptions } from '#test/create-test-api.ts'
import { createTestSystem } from '#test/functions/create-test-system.ts'

export const publicUrl = 'https://leads.example'
export const staffHolder: PersonHolder = { caller: 'operator' }
export const schoolHolder: PersonHolder = { caller: 'school', schoolId: 'tall-grass' }
export type Browser = ReturnType<typeof createBrowser>
type CallOptions = { body?: unknown; headers?: { [name: string]: string | undefined }; ip?: string }

/** Two schools, staff, and a mail server, as `createTestSystem` has them, at an address that people reach. */
export const createPeopleSystem = (options: TestApiOptions = {}) => createTestSystem({ publicUrl, ...options })

/** A browser with the pages of an app: it sends their header, and keeps cookies as a browser does. */
export function createBrowser(api: Pick<TestApi, 'call'>, app: SignInApp) {
  const cookies = new Map<string, string>()
  const call = async (method: string, target: string, { headers, ...options }: CallOptions = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await api.call(method, target, {
      ...options,
      headers: { [appHeader]: app, ...(cookie && { cookie }), ...headers },
    })
    for (const line of response.cookies ?? []) {
      const [, name = '', value = '', seconds] = /^([^=]+)=([^;]*); Path=\/; Max-Age=(\d+)/.exec(line) ?? []
      if (seconds === '0') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  return {
    cookies,
    call,
    askForLink: (email: string, ip?: string) =>
      call('POST', '/v1/sign-in-requests', { body: { app, email }, ...(ip !== undefined && { ip }) }),
    open: (token: string, ip?: string) =>
      call('POST', '/v1/sign-ins', { body: { token }, ...(ip !== undefined && { ip }) }),
  }
}

/** The tokens of the links in the latest email, in their order. */
export function readLatestTokens({ mailbox }: Pick<TestApi, 'mailbox'>): string[] {
  const { text = '' } = mailbox.messages.at(-1) ?? {}
  return [...text.matchAll(/#signin=(\S+)/g)].map(([, token = '']) => token)
}

export const aPersonRequest = (role: PersonRole = 'officer', fields: object = {}) => ({
  holder: ['owner', 'operations', 'billing'].includes(role) ? staffHolder : schoolHolder,
  email: `${role}@people.example`,
  name: `Pat ${role}`,
  role,
  ...fields,
})

/** Invites a person with a staff key. @throws Error if that is refused */
export async function invite(api: TestApi, role: PersonRole = 'officer', fields: object = {}) {
  const response = await api.staff('POST', '/v1/ops/people', { body: aPersonRequest(role, fields) })
  if (response.status !== 201) throw new Error(`The person was not invited: ${response.text}`)
  const [token = ''] = readLatestTokens(api)
  return { ...route.responses[201].body.parse(response.body), token }
}

/** Creates a person with an invitation, without its email. @throws Error if that is refused */
export async function createPerson(api: TestApi, role: PersonRole = 'officer', fields: object = {}) {
  const input = personInput.parse(aPersonRequest(role, fields))
  const outcome = await invitePerson(input, { kind: 'system', name: 'tests' }, api.createDependencies('operator'))
  if (typeof outcome === 'string') throw new Error(`The person was not created: ${outcome}`)
  return outcome
}

/** Creates a person, who accepts the invitation in a browser of their own. */
export async function createSignedInPerson(api: TestApi, role: PersonRole = 'officer', fields: object = {}) {
  const { person, token } = await createPerson(api, role, fields)
  const browser = createBrowser(api, getSignInApp(person.holder))
  const response = await browser.open(token)
  if (response.status !== 201) throw new Error(`The person was not signed in: ${response.text}`)
  return { person, browser }
}

const personInput = accessPerson.pick({ holder: true, email: true, name: true, role: true })
