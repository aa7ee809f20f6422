import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { openConsole } from '../console/open-console.ts'
import { openPortal } from '../portal/open-portal.ts'
import { startBrowser } from '../start-browser.ts'
import { type ActHost, fillActHost } from './create-act-host.ts'
import { type DecisiveAct, decisiveActs } from './decisive-acts.ts'
import { isCallOf, listWriteCalls } from './list-write-calls.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

/** Between the two clicks of a double click. */
const pausesMs = [80, 150, 250, 400]
const acts = Object.entries(decisiveActs).flatMap(([operation, act]) => ('open' in act ? [{ operation, act }] : []))

describe('the table of decisive acts', () => {
  it('has a row for each operation that is no GET and that a page calls', () => {
    const operations = Object.keys(decisiveActs).map((operation) => operation.split(' ')[0] ?? '')
    expect([...new Set(operations)].toSorted()).toEqual([...listWriteCalls('console'), ...listWriteCalls('portal')])
  })
})

describeUnless(missing, 'a double click', () => {
  let host: Host
  let actHost: ActHost
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    actHost = await fillActHost(host)
  })
  afterAll(() => host.close())

  const openAct = async (operation: string, { open }: Pick<DecisiveAct, 'open'>) => {
    const actions = operation.startsWith('console/')
      ? await openConsole(browser, host)
      : await openPortal(browser, host, { hash: actHost.hash })
    await open(actions, actHost)
    return { ...actions, requests: await refuseCalls(actions.page, operation) }
  }

  // Most of the time is spent waiting between two clicks.
  it.concurrent.for(acts)(
    `decides one thing at ${pausesMs.join(', ')} ms: $operation`,
    async ({ operation, act }, { expect }) => {
      await using opened = await openAct(operation, act)
      const { page, requests } = opened
      for (const pauseMs of pausesMs) {
        requests.length = 0
        // Another key ends the earlier double click.
        await page.keyboard.press('Shift')
        await doubleClick(page, page.getByRole('button', { name: act.button }).first(), pauseMs)
        if (act.confirm !== undefined) {
          const dialog = page.getByRole('dialog')
          await dialog.waitFor()
          expect(requests).toEqual([])
          if (act.reason !== undefined) await dialog.getByLabel('Reason').fill(act.reason)
          await doubleClick(page, dialog.getByRole('button', { name: act.confirm }), pauseMs)
          await dialog.waitFor({ state: 'hidden' })
        }
        await expect.poll(() => requests.length).toBeGreaterThan(0)
        await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
        expect(requests, `${pauseMs} ms`).toHaveLength(1)
      }
    },
  )

  it('is told apart from two presses, between which the person did something else', async () => {
    const operation = 'portal/sendTestLead'
    await using opened = await openAct(operation, {
      open: ({ goTo }) => goTo('/campaigns/lone-prairie-texas', 'Associate degree, Texas'),
    })
    const { page, requests } = opened
    for (const count of [1, 2]) {
      await page.keyboard.press('Shift')
      await page.getByRole('button', { name: 'Send test lead' }).click()
      await expect.poll(() => requests.length).toBe(count)
    }
  })

  it('on a campaign pauses it once, and its row stays in its place', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns', 'Campaigns')
    const { page } = staff
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: /^Pause/ }) })
      .first()
    const name = await row.getByRole('link').first().textContent()
    const position = await row.boundingBox()
    await doubleClick(page, row.getByRole('button', { name: /^Pause/ }), 150)
    const dialog = page.getByRole('dialog')
    await page.evaluate(`new MutationObserver(() => {
      if (!document.querySelector('table')) window.wasListGone = true
    }).observe(document.querySelector('main'), { childList: true, subtree: true })`)
    await doubleClick(page, dialog.getByRole('button', { name: 'Pause campaign' }), 150)
    const pausedRow = page.getByRole('row').filter({ has: page.getByRole('link', { name: name ?? '', exact: true }) })
    await pausedRow.getByText('Paused').waitFor()
    expect((await pausedRow.boundingBox())?.y).toBe(position?.y)
    expect(await page.evaluate('window.wasListGone')).toBeUndefined()
    await pausedRow.getByRole('button', { name: /^Resume/ }).waitFor()
  })
})

/** Counts the calls of an operation, and answers each as a server does that is out of order: the page stays as it is. */
async function refuseCalls(page: Page, operation: string): Promise<string[]> {
  const requests: string[] = []
  await page.route('**/v1/**', async (route) => {
    const request = route.request()
    if (!isCallOf(operation, { method: request.method(), url: request.url() })) return route.fallback()
    requests.push(request.url())
    const problem = { type: 'about:blank', title: 'Temporarily unavailable', status: 503, code: 'UNAVAILABLE' }
    await route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) })
  })
  return requests
}

/**
 * Two clicks at the place that the button has at the first one, whatever is there at the second. Their times are exact also
 * on a machine that is too busy to click in time.
 */
async function doubleClick(page: Page, button: Locator, pauseMs: number): Promise<void> {
  // Waits until the button can be pressed.
  await button.click({ trial: true })
  const box = await button.boundingBox()
  if (!box) throw new Error('The button is not on the page.')
  const position = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const devtools = await page.context().newCDPSession(page)
  const click = async (timestamp: number) => {
    for (const type of ['mousePressed', 'mouseReleased'] as const)
      await devtools.send('Input.dispatchMouseEvent', { type, ...position, button: 'left', clickCount: 1, timestamp })
  }
  const firstAt = Date.now() / 1000
  await click(firstAt)
  await page.waitForTimeout(pauseMs)
  await click(firstAt + pauseMs / 1000)
  await devtools.detach()
}
