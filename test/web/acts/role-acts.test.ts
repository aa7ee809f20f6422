import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { invitePerson } from '#shared/contract/access/people.ts'
import { isRoleAllowed } from '#shared/contract/access/role-rights.ts'
import { createClient } from '#shared/contract/client.ts'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { type PersonRole, personRoles } from '#shared/domain/access/access-person.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { createPageActions } from '../console/open-console.ts'
import { startBrowser } from '../start-browser.ts'
import { type ActHost, fillActHost, schoolId } from './create-act-host.ts'
import { decisiveActs } from './decisive-acts.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

const all: readonly Route[] = Object.values(routes).flat()
const acts = Object.entries(decisiveActs).flatMap(([operation, act]) => {
  const [app = '', name = ''] = (operation.split(' ')[0] ?? '').split('/')
  const route = all.find((one) => one.name === name)
  return 'open' in act && route ? [{ app, operation, route, act }] : []
})

/** Signs a new person with a role in to an app, as an invited person does. */
async function openWithRole(role: PersonRole, app: string, { urls, keys }: Host) {
  if (!browser) throw new Error('There is no browser.')
  const holder = app === 'console' ? { caller: 'operator' as const } : { caller: 'school' as const, schoolId }
  const staff = createClient({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  const email = `${role}-${app}@roles.example`
  await staff(invitePerson, { body: { holder, email, name: `Robin ${role}`, role } })
  const inbox = await (await fetch(`${urls.api}/inbox.json`)).text()
  const [, token = ''] = /#signin=([\w.-]+)/.exec(inbox) ?? []
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-US' })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  await page.goto(`${urls.api}/${app}#signin=${token}`)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('link', { name: `Your account: Robin ${role}` }).waitFor()
  return { page, ...createPageActions(page), [Symbol.asyncDispose]: () => context.close() }
}

describe('the acts of pages', () => {
  it('are known for each operation of staff and schools that is no GET and that a role may lack', () => {
    expect(acts.length).toBeGreaterThan(30)
  })
})

describeUnless(missing, 'a page shows acts as the table of roles allows them', () => {
  let host: Host
  let actHost: ActHost
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    actHost = await fillActHost(host)
  })
  afterAll(() => host.close())

  const people = [
    ...personRoles.operator.map((role) => ({ app: 'console', role })),
    ...personRoles.school.map((role) => ({ app: 'portal', role })),
  ]

  it.each(people)(
    'to the $role in the $app: a button that is refused is disabled or absent, and the page says why',
    async ({ app, role }) => {
      await using opened = await openWithRole(role, app, host)
      const { page } = opened
      const faults: string[] = []
      for (const { operation, route, act } of acts.filter((one) => one.app === app)) {
        const isAllowed = isRoleAllowed(role, route)
        // A page that hides what comes before the act cannot be walked to it.
        page.setDefaultTimeout(isAllowed ? 60_000 : 3000)
        const isReached = await act.open(opened, actHost).then(
          () => true,
          () => false,
        )
        const button = page.getByRole('button', { name: act.button }).first()
        if (isAllowed && !(isReached && (await button.isEnabled()))) faults.push(`${operation}: refused`)
        if (!isAllowed && (await button.isVisible()) && (await button.isEnabled())) faults.push(`${operation}: offered`)
        if (!isAllowed && !(await isExplained(page))) faults.push(`${operation}: not explained`)
        await page.keyboard.press('Escape')
      }
      expect(faults).toEqual([])
    },
  )
})

/** Whether the page says that the role does not allow it, once it is loaded. */
async function isExplained(page: Page): Promise<boolean> {
  const explanation = page.getByText(/^Your role, |You have view-only access/).first()
  return explanation.waitFor({ timeout: 60_000 }).then(
    () => true,
    () => false,
  )
}
