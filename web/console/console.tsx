import { recordKinds } from '#shared/contract/catalog/records.ts'
import { start } from '../app/app.tsx'
import { Keys } from './access/keys.tsx'
import { Erased } from './aftercare/erasure.tsx'
import { Erasures } from './aftercare/erasures.tsx'
import { Returns } from './aftercare/returns.tsx'
import { Lead } from './capture/lead.tsx'
import { Leads } from './capture/leads.tsx'
import { Quarantine } from './capture/quarantine.tsx'
import { RecordList } from './catalog/record-list.tsx'
import { RecordPage } from './catalog/record-page.tsx'
import { SetUp } from './catalog/set-up.tsx'
import { Deliveries } from './delivery/deliveries.tsx'
import { Replay } from './delivery/replay.tsx'
import { Replays } from './delivery/replays.tsx'
import { Books } from './reporting/books.tsx'
import { Overview } from './reporting/overview.tsx'
import { Reports } from './reporting/reports.tsx'
import { Campaigns } from './routing/campaigns.tsx'
import { Why } from './routing/why.tsx'

start({
  name: 'console',
  title: 'Prospectus console',
  keyLabel: 'Staff key',
  keyHelp: 'npm start prints one; ops keys create makes one.',
  nav: [
    { to: '/', label: 'Overview' },
    { to: '/leads', label: 'Leads', holds: ['/erasures'] },
    { to: '/deliveries', label: 'Deliveries', holds: ['/replays'] },
    { to: '/quarantine', label: 'Quarantine' },
    { to: '/returns', label: 'Returns' },
    { to: '/why', label: 'Why not?' },
    { to: '/campaigns', label: 'Campaigns' },
    { to: '/reports', label: 'Reports' },
    { to: '/set-up', label: 'Set-up', holds: ['/schools', '/programs', '/sources', '/careers', '/keys'] },
  ],
  places: [
    { pattern: '/', page: () => <Overview /> },
    { pattern: '/leads', page: () => <Leads /> },
    { pattern: '/leads/:leadId', page: ({ leadId = '' }) => <Lead leadId={leadId} /> },
    { pattern: '/erasures', page: () => <Erasures /> },
    { pattern: '/erasures/:erasureId', page: ({ erasureId = '' }) => <Erased erasureId={erasureId} /> },
    { pattern: '/books', page: () => <Books /> },
    { pattern: '/deliveries', page: () => <Deliveries /> },
    { pattern: '/quarantine', page: () => <Quarantine /> },
    { pattern: '/replays', page: () => <Replays /> },
    { pattern: '/replays/:replayId', page: ({ replayId = '' }) => <Replay replayId={replayId} /> },
    { pattern: '/returns', page: () => <Returns /> },
    { pattern: '/why', page: () => <Why /> },
    { pattern: '/reports', page: () => <Reports /> },
    { pattern: '/campaigns', page: () => <Campaigns /> },
    { pattern: '/set-up', page: () => <SetUp /> },
    { pattern: '/keys', page: () => <Keys /> },
    ...recordKinds.flatMap((kind) => [
      { pattern: `/${kind}`, page: () => <RecordList key={kind} kind={kind} /> },
      { pattern: `/${kind}/new`, page: () => <RecordPage key={`${kind} new`} kind={kind} /> },
      {
        pattern: `/${kind}/:id`,
        page: ({ id = '' }) => <RecordPage key={`${kind} ${id}`} kind={kind} id={id} />,
      },
    ]),
  ],
})
