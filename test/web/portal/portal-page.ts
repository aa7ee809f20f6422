import type { Browser, BrowserContextOptions } from 'playwright-core'
import type { Host } from '#local/host.ts'
import { createKey } from '#shared/contract/access/keys.ts'
import { createPortalLink } from '#shared/contract/access/portal-links.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { client } from '#shared/contract/client.ts'
import { handsOn } from '../console/console-page.ts'

type At = Pick<Host, 'urls' | 'keys'>
type Options = BrowserContextOptions & { hash: string }

/** Somebody of a school, on the way in. */
export async function openPortal(browser: Browser | undefined, { urls }: At, { hash, ...options }: Options) {
  if (!browser) throw new Error('There is no browser.')
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-US', ...options })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.goto(`${urls.portal}${hash}`)
  return { page, ...handsOn(page), [Symbol.asyncDispose]: () => context.close() }
}

/** What staff give to a school. */
export function staffOf({ urls, keys }: At) {
  const call = client({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  return {
    keyFor: async (schoolId: string, scope: 'read' | 'manage' = 'manage') => {
      const body = { holder: { caller: 'school', schoolId }, scope, name: `portal ${scope} ${schoolId}` } as const
      const made = await call(createKey, { body })
      return `#key=${made.body?.key}`
    },
    /** Has all leads of a campaign go where nobody takes them. */
    misdirect: async (id: string) => {
      const { body } = await call(records.campaigns.get, { params: { id } })
      if (!body) throw new Error(`There is no campaign ${id}.`)
      const { id: _, version: __, updatedAt: ___, ...kept } = body
      const endpoint = { kind: 'webhook', url: `${urls.api}/nobody` } as const
      await call(records.campaigns.put, { params: { id }, body: { ...kept, endpoint } })
    },
    linkFor: async (schoolId: string) => {
      const made = await call(createPortalLink, { body: { schoolId } })
      return `#link=${made.body?.token}`
    },
  }
}
