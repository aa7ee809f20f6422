import { openSchoolSession } from '#shared/contract/access/portal-links.ts'
import { createClient } from '#shared/contract/client.ts'
import { captureProblem } from '../app/browser-client.tsx'
import { startApp } from '../app/start-app.tsx'
import { Returns } from './aftercare/returns.tsx'
import { Lead } from './capture/lead.tsx'
import { Leads } from './capture/leads.tsx'
import { Overview } from './overview.tsx'
import { Campaign } from './routing/campaign.tsx'
import { Campaigns } from './routing/campaigns.tsx'

startApp({
  name: 'portal',
  title: 'School portal',
  keyLabel: 'Key of your school',
  keyHelp: 'Whoever sends you leads gives you one, or a link that signs you in for twelve hours.',
  keyRejectedMessage:
    'The key is mistyped or no longer valid. If you came by a link, its twelve hours are over: ask for a new one.',
  nav: [
    { to: '/', label: 'Overview' },
    { to: '/leads', label: 'Leads' },
    { to: '/returns', label: 'Returns' },
    { to: '/campaigns', label: 'Campaigns' },
  ],
  routes: [
    { pattern: '/', page: () => <Overview /> },
    { pattern: '/leads', page: () => <Leads /> },
    { pattern: '/leads/:deliveryId', page: ({ deliveryId = '' }) => <Lead deliveryId={deliveryId} /> },
    { pattern: '/returns', page: () => <Returns /> },
    { pattern: '/campaigns', page: () => <Campaigns /> },
    { pattern: '/campaigns/:id', page: ({ id = '' }) => <Campaign id={id} /> },
  ],
  exchange: { name: 'link', redeem: redeemLink },
})

/** The key that a one-time link stands for. @throws Error in words for whoever followed it */
async function redeemLink(token: string): Promise<string> {
  const { body, problem } = await captureProblem(() =>
    createClient({ baseUrl: '' })(openSchoolSession, { body: { token } }),
  )
  if (body) return body.key
  const code = problem && 'code' in problem ? problem.code : undefined
  throw new Error(refusals[code ?? ''] ?? `${problem?.title}. ${problem?.detail ?? ''}`)
}

const refusals: { readonly [code: string]: string } = {
  LINK_USED:
    'This link has signed somebody in before, or is too old. Ask whoever sent it for a new one, or sign in with a key.',
  INVALID_REQUEST: 'This link is not whole. Copy all of it, or ask whoever sent it for a new one.',
}
