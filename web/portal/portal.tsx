import * as z from 'zod'
import { listColleagues } from '#shared/contract/access/people.ts'
import { openSchoolSession } from '#shared/contract/access/portal-links.ts'
import { endOwnSession } from '#shared/contract/access/sessions.ts'
import { readOwnSchool } from '#shared/contract/routing/school-campaigns.ts'
import { captureProblem, createBrowserClient } from '../app/browser-client.tsx'
import { AllowedPage } from '../app/people/allowed.tsx'
import { startApp } from '../app/start-app.tsx'
import { notificationsText } from '../app/text/notification-text.ts'
import { peopleText } from '../app/text/people-text.ts'
import { describeProblem } from '../app/text/problem-text.ts'
import { People } from './access/people.tsx'
import { BulkStatus } from './aftercare/bulk-status.tsx'
import { OptOuts } from './aftercare/opt-outs.tsx'
import { Returns } from './aftercare/returns.tsx'
import { Lead } from './capture/lead.tsx'
import { Leads } from './capture/leads.tsx'
import { Overview } from './overview.tsx'
import { Results } from './reporting/results.tsx'
import { SchoolNotifications } from './reporting/school-notifications.tsx'
import { Statements } from './reporting/statements.tsx'
import { Campaign } from './routing/campaign.tsx'
import { Campaigns } from './routing/campaigns.tsx'
import { portalText } from './text/general.ts'

startApp({
  name: 'portal',
  title: portalText.title,
  keyLabel: portalText.keyLabel,
  keyHelp: portalText.keyHelp,
  keyRejectedMessage: portalText.keyRejected,
  session: {
    describe: async (call) => {
      const { body, problem } = await call(readOwnSchool, {})
      return { name: body?.name, problem }
    },
    end: (call) => call(endOwnSession, {}),
    link: { name: 'link', redeem: redeemLink, describe: readSchoolName },
  },
  timeZone: {
    read: async (call) => (await captureProblem(() => call(readOwnSchool, {}))).body?.timeZone,
    help: portalText.timeZoneHelp,
  },
  nav: [
    { to: '/', label: portalText.nav.overview },
    { to: '/leads', label: portalText.nav.leads },
    { to: '/results', label: portalText.nav.results },
    { to: '/returns', label: portalText.nav.returns },
    { to: '/statements', label: portalText.nav.statements },
    { to: '/opt-outs', label: portalText.nav.optOuts },
    { to: '/campaigns', label: portalText.nav.campaigns },
    { to: '/notifications', label: notificationsText.title },
    { to: '/people', label: peopleText.title, needs: listColleagues },
  ],
  routes: [
    {
      pattern: '/people',
      page: () => (
        <AllowedPage title={peopleText.title} to={listColleagues}>
          <People />
        </AllowedPage>
      ),
    },
    { pattern: '/', page: () => <Overview /> },
    { pattern: '/leads', page: () => <Leads /> },
    { pattern: '/leads/statuses', page: () => <BulkStatus /> },
    { pattern: '/leads/:deliveryId', page: ({ deliveryId = '' }) => <Lead deliveryId={deliveryId} /> },
    { pattern: '/notifications', page: () => <SchoolNotifications /> },
    { pattern: '/results', page: () => <Results /> },
    { pattern: '/returns', page: () => <Returns /> },
    { pattern: '/statements', page: () => <Statements /> },
    { pattern: '/opt-outs', page: () => <OptOuts /> },
    { pattern: '/campaigns', page: () => <Campaigns /> },
    { pattern: '/campaigns/:id', page: ({ id = '' }) => <Campaign id={id} /> },
  ],
})

/** Exchanges the token of a single-use link for a key. @throws Error with a message for people */
async function redeemLink(token: string): Promise<string> {
  const { body, problem } = await captureProblem(() => createBrowserClient()(openSchoolSession, { body: { token } }))
  if (body) return body.key
  throw new Error(problem.code === 'INVALID_REQUEST' ? portalText.linkIncomplete : describeProblem(problem))
}

/** Returns the name of the school that a link is for, as its token says: only the server knows whether that is true. */
function readSchoolName(token: string): string | undefined {
  const [, payload = ''] = token.split('.')
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
    return linkContent.parse(JSON.parse(new TextDecoder().decode(bytes))).schoolName
  } catch {
    // A mistyped link; opening it says so.
    return undefined
  }
}

const linkContent = z.object({ schoolName: z.string().optional() })
