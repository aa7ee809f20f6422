import { recordKinds } from '#shared/contract/records.ts'
import { start } from '../app/app.tsx'
import { Books } from './books.tsx'
import { Campaigns } from './campaigns.tsx'
import { Deliveries } from './deliveries.tsx'
import { Erased } from './erasure.tsx'
import { Erasures } from './erasures.tsx'
import { Keys } from './keys.tsx'
import { Lead } from './lead.tsx'
import { Leads } from './leads.tsx'
import { Overview } from './overview.tsx'
import { Quarantine } from './quarantine.tsx'
import { RecordList } from './records/record-list.tsx'
import { RecordPage } from './records/record-page.tsx'
import { Replay } from './replay.tsx'
import { Replays } from './replays.tsx'
import { Reports } from './reports/reports.tsx'
import { Returns } from './returns.tsx'
import { SetUp } from './set-up.tsx'
import { Why } from './why.tsx'

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
