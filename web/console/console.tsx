import { start } from '../app/app.tsx'
import { Books } from './books.tsx'
import { Deliveries } from './deliveries.tsx'
import { Lead } from './lead.tsx'
import { Leads } from './leads.tsx'
import { Overview } from './overview.tsx'
import { Quarantine } from './quarantine.tsx'
import { Replay } from './replay.tsx'
import { Replays } from './replays.tsx'
import { Why } from './why.tsx'

start({
  name: 'console',
  title: 'Prospectus console',
  keyLabel: 'Staff key',
  keyHelp: 'npm start prints one; ops keys create makes one.',
  nav: [
    { to: '/', label: 'Overview' },
    { to: '/leads', label: 'Leads' },
    { to: '/deliveries', label: 'Deliveries' },
    { to: '/quarantine', label: 'Quarantine' },
    { to: '/why', label: 'Why not?' },
  ],
  places: [
    { pattern: '/', page: () => <Overview /> },
    { pattern: '/leads', page: () => <Leads /> },
    { pattern: '/leads/:leadId', page: ({ leadId = '' }) => <Lead leadId={leadId} /> },
    { pattern: '/books', page: () => <Books /> },
    { pattern: '/deliveries', page: () => <Deliveries /> },
    { pattern: '/quarantine', page: () => <Quarantine /> },
    { pattern: '/replays', page: () => <Replays /> },
    { pattern: '/replays/:replayId', page: ({ replayId = '' }) => <Replay replayId={replayId} /> },
    { pattern: '/why', page: () => <Why /> },
  ],
})
