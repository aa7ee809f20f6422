import type { Browser, BrowserContextOptions } from 'playwright-core'
import type { Host } from '#local/host.ts'
import { createKey } from '#shared/contract/access/keys.ts'
import { invitePerson } from '#shared/contract/access/people.ts'
import { createPortalLink } from '#shared/contract/access/portal-links.ts'
import { addSuppression } from '#shared/contract/aftercare/suppressions.ts'
import { takeGoogleLead } from '#shared/contract/capture/inbound.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import { createPageActions } from '../console/open-console.ts'

type HostAccess = Pick<Host, 'urls' | 'keys'>
type Options = BrowserContextOptions & { hash: string }

/** Opens the portal with a sign-in link. */
export async function openPortal(browser: Browser | undefined, { urls }: HostAccess, { hash, ...options }: Options) {
  if (!browser) throw new Error('There is no browser.')
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-US', ...options })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  await page.goto(`${urls.portal}${hash}`)
  return { page, ...createPageActions(page), [Symbol.asyncDispose]: () => context.close() }
}

/** What staff do for a school. */
export function createStaff({ urls, keys }: HostAccess) {
  const call = createClient({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  return {
    createSchoolKey: async (schoolId: string, scope: 'read' | 'manage' = 'manage') => {
      const body = { holder: { caller: 'school', schoolId }, scope, name: `portal ${scope} ${schoolId}` } as const
      const response = await call(createKey, { body })
      return `#key=${response.body?.key}`
    },
    /** Points the endpoint of a campaign at an address that responds with 404. */
    misdirect: async (id: string) => {
      const { body } = await call(records.campaigns.get, { params: { id } })
      if (!body) throw new Error(`There is no campaign ${id}.`)
      const { id: _, version, updatedAt: __, ...campaign } = body
      const endpoint = { kind: 'webhook', url: `${urls.api}/unknown` } as const
      await call(records.campaigns.put, {
        params: { id },
        headers: { 'if-match': `"${version}"` },
        body: { ...campaign, endpoint },
      })
    },
    createSchoolLink: async (schoolId: string) => {
      const response = await call(createPortalLink, { body: { schoolId } })
      return `#link=${response.body?.token}`
    },
    invite: (schoolId: string, email: string) => {
      const holder = { caller: 'school', schoolId } as const
      return call(invitePerson, { body: { holder, email, name: 'Kim Lee', role: 'officer' } })
    },
    /** Makes a source of lead forms, and sends it a lead of a form that it does not know. */
    rejectInboundLead: async () => {
      const [id, inboundKey] = ['lead-forms', 'a-key-of-google-forms']
      const consentText =
        'By choosing “Send” I agree that Lone Prairie College may call me at my number with automated technology. ' +
        'I need not agree in order to buy anything.'
      const form = {
        ...{ formId: '2', careerSlug: 'health-record-technician', consentText, schoolsNamed: ['lone-prairie-college'] },
        highestLevel: 'high-school-diploma',
      } as const
      const inbound = { vendor: 'google' as const, forms: [form] }
      const source = { name: 'Lead forms', mode: 'live' as const, inbound, inboundKey }
      await call(records.sources.put, { params: { id }, body: source })
      const lead = { lead_id: 'lead-1', google_key: inboundKey, form_id: 1, user_column_data: [] }
      const { status } = await call(takeGoogleLead, { params: { sourceId: id }, body: lead })
      if (status !== 200) throw new Error(`The lead form was answered with ${status}.`)
    },
    suppress: (email: string) => call(addSuppression, { body: { email, reason: 'Asked by phone.' } }),
  }
}
