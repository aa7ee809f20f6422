import { readOwnSource } from '#shared/contract/routing/source-caps.ts'
import { startApp } from '../app/start-app.tsx'
import { notificationsText } from '../app/text/notification-text.ts'
import { Leads } from './leads.tsx'
import { PublisherNotifications } from './notifications.tsx'
import { Overview } from './overview.tsx'
import { Posting } from './posting/posting.tsx'
import { Results } from './results.tsx'
import { Statements } from './statements.tsx'
import { publisherText } from './text/publisher-text.ts'

startApp({
  name: 'publisher',
  title: publisherText.title,
  keyLabel: publisherText.keyLabel,
  keyHelp: publisherText.keyHelp,
  keyRejectedMessage: publisherText.keyRejected,
  session: {
    describe: async (call) => {
      const { body, problem } = await call(readOwnSource, {})
      return { name: body?.name, problem }
    },
  },
  nav: [
    { to: '/', label: publisherText.nav.overview },
    { to: '/leads', label: publisherText.nav.leads },
    { to: '/results', label: publisherText.nav.results },
    { to: '/payouts', label: publisherText.nav.statements },
    { to: '/send', label: publisherText.nav.posting },
    { to: '/notifications', label: notificationsText.title },
  ],
  routes: [
    { pattern: '/', page: () => <Overview /> },
    { pattern: '/leads', page: () => <Leads /> },
    { pattern: '/results', page: () => <Results /> },
    { pattern: '/payouts', page: () => <Statements /> },
    { pattern: '/notifications', page: () => <PublisherNotifications /> },
    { pattern: '/send', page: () => <Posting /> },
  ],
})
