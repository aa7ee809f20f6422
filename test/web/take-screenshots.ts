import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { type Host, startHost } from '#local/host.ts'
import { readLead } from '#shared/contract/capture/leads.ts'
import { createClient } from '#shared/contract/client.ts'
import { createVisitor } from '#test/journey/create-visitor.ts'
import { openConsole } from './console/open-console.ts'
import { findBrowserPaths } from './find-browser-paths.ts'
import { createStaff, openPortal } from './portal/open-portal.ts'
import { startBrowser } from './start-browser.ts'

// `npm run screenshots` regenerates the pictures in docs/images, always of the same day.
const day = '2026-11-19'
const clock = { now: Date.parse(`${day}T11:00:00.000Z`) }
// Receivers hold the signature against the clock of the machine.
Date.now = () => clock.now
const window = { width: 1280, height: 860 }
const look = { viewport: window, colorScheme: 'light' } as const

const { browser, missing } = await startBrowser(await findBrowserPaths())
if (!browser) throw new Error(missing)
const host = await startHost({ port: 0, now: () => new Date(clock.now) })
const leadIds = await simulateBusyDay(host)

await using landing = await browser.newContext(look)
const page = await landing.newPage()
await page.goto(host.urls.landing)
await takeScreenshot(page, 'landing-page')

await using staff = await openConsole(browser, host, look)
await staff.goTo(`/?day=${day}`, 'Overview')
await staff.page.locator('canvas').waitFor()
await takeScreenshot(staff.page, 'console')
await staff.goTo(`/leads/${leadIds.at(-1)}`, 'Lead received')
await scrollToTop(staff.page.getByRole('heading', { name: 'Consent given' }))
await takeScreenshot(staff.page, 'timeline', { ...window, height: 1500 })
await staff.goTo('/campaigns/heron-key-online', 'Coding certificate')
await scrollToTop(staff.page.getByRole('heading', { name: 'Targeting' }))
await takeScreenshot(staff.page, 'rule-builder')

const hash = await createStaff(host).createSchoolKey('heron-key-college')
await using officer = await openPortal(browser, host, { hash, ...look })
await officer.page.getByRole('heading', { level: 1, name: 'Heron Key College' }).waitFor()
await takeScreenshot(officer.page, 'portal')

await browser.close()
await host.close()

/** Visitors from everywhere through the hours of a day. */
async function simulateBusyDay(at: Host): Promise<string[]> {
  const { call: _, match, form, send } = createVisitor(at)
  const zips = ['78701', '33101', '90001', '75201', '10001', '32801', '43004', '94102', '60601']
  const levels = ['high-school-diploma', 'some-college', 'ged', 'associate', 'high-school-diploma'] as const
  const names = ['Ada', 'Grace', 'Mary', 'Katherine', 'Dorothy', 'Annie', 'Joan']
  const acceptedIds: string[] = []
  for (let number = 0; number < 110; number++) {
    // More in the evening than at noon.
    clock.now += (number % 7 === 0 ? 14 : number > 70 ? 4 : 6) * 60_000
    const zip = zips[number % zips.length] ?? '78701'
    const education = { highestLevel: levels[number % levels.length] ?? 'ged' }
    const matchResponse = await match({ zip, education })
    const { contact, ...leadFields } = form(matchResponse, { education })
    const firstName = names[number % names.length] ?? contact.firstName
    const { body } = await send({ ...leadFields, contact: { ...contact, firstName, zip } })
    // The clock stands still until all has arrived: a signature is too old after five minutes.
    if (body) await waitUntilDelivered(at, body.leadId)
    if (body?.outcome === 'accepted' && body.schools.length > 2) acceptedIds.push(body.leadId)
  }
  return acceptedIds
}

async function waitUntilDelivered({ urls, keys }: Host, leadId: string): Promise<void> {
  const call = createClient({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  for (;;) {
    const { body } = await call(readLead, { params: { leadId } })
    if (body?.deliveries.every(({ state }) => state === 'delivered' || state === 'parked')) return
    await sleep(10)
  }
}

async function scrollToTop(heading: Locator): Promise<void> {
  await heading.evaluate((element: { scrollIntoView: (how: object) => void }) =>
    element.scrollIntoView({ block: 'start' }),
  )
}

async function takeScreenshot(target: Page, name: string, size = window): Promise<void> {
  await target.setViewportSize(size)
  const path = fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url))
  await target.screenshot({ path, animations: 'disabled' })
  console.log(path)
}
