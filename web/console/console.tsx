import { listKeys } from '#shared/contract/access/keys.ts'
import { listPeople } from '#shared/contract/access/people.ts'
import { readOwnAccess } from '#shared/contract/access/sessions.ts'
import { recordKinds } from '#shared/contract/catalog/records.ts'
import { accountKind } from '#shared/domain/reporting/ledger/account.ts'
import { AllowedPage } from '../app/people/allowed.tsx'
import { startApp } from '../app/start-app.tsx'
import { notificationsText } from '../app/text/notification-text.ts'
import { peopleText } from '../app/text/people-text.ts'
import { Audit } from './access/audit/audit.tsx'
import { Keys } from './access/keys.tsx'
import { People } from './access/people.tsx'
import { PortalAccess } from './access/portal-access.tsx'
import { AccessRequest } from './aftercare/access-request/access-request.tsx'
import { ErasurePage } from './aftercare/erasure-page.tsx'
import { Erasures } from './aftercare/erasures.tsx'
import { Returns } from './aftercare/returns.tsx'
import { Suppressions } from './aftercare/suppressions/suppressions.tsx'
import { Withdrawals } from './aftercare/suppressions/withdrawals.tsx'
import { UntakenWork } from './aftercare/untaken-work.tsx'
import { Lead } from './capture/lead.tsx'
import { Leads } from './capture/leads.tsx'
import { Quarantine } from './capture/quarantine.tsx'
import { RejectedInboundList } from './capture/rejected-inbound.tsx'
import { NewBuyer } from './catalog/buyer/new-buyer.tsx'
import { RecordHistory } from './catalog/history/record-history.tsx'
import { RecordList } from './catalog/record-list.tsx'
import { RecordPage } from './catalog/record-page.tsx'
import { SetupPage } from './catalog/setup-page.tsx'
import { Deliveries } from './delivery/deliveries.tsx'
import { Replay } from './delivery/replay.tsx'
import { Replays } from './delivery/replays.tsx'
import { AccountPage } from './reporting/account/account-page.tsx'
import { Overview } from './reporting/overview.tsx'
import { Reconciliation } from './reporting/reconciliation.tsx'
import { Reports } from './reporting/reports.tsx'
import { StaffNotifications } from './reporting/staff-notifications.tsx'
import { Campaigns } from './routing/campaigns.tsx'
import { ExplainRouting } from './routing/explain-routing.tsx'
import { SearchDialog } from './search/search-dialog.tsx'
import { keysText } from './text/access-text.ts'
import { consoleText } from './text/console-text.ts'
import { Tour } from './tour/tour.tsx'

const { nav } = consoleText

startApp({
  name: 'console',
  title: consoleText.title,
  keyLabel: consoleText.keyLabel,
  keyHelp: consoleText.keyHelp,
  keyRejectedMessage: consoleText.keyRejected,
  session: {
    describe: async (call) => {
      const { body, problem } = await call(readOwnAccess, {})
      return { name: body?.name, problem }
    },
  },
  nav: [
    { to: '/', label: nav.overview, includedPaths: ['/untaken-work', '/rejected-inbound', '/reconciliation', '/tour'] },
    { to: '/notifications', label: notificationsText.title },
    { to: '/leads', label: nav.leads },
    { to: '/deliveries', label: nav.deliveries, includedPaths: ['/replays'] },
    { to: '/quarantine', label: nav.quarantine },
    { to: '/returns', label: nav.returns },
    {
      to: '/suppressions',
      label: nav.privacy,
      includedPaths: ['/withdrawals', '/access-request', '/erasures'],
    },
    { to: '/explain', label: nav.explain },
    { to: '/campaigns', label: nav.campaigns },
    { to: '/reports', label: nav.reports },
    {
      to: '/setup',
      label: nav.setup,
      includedPaths: [
        '/buyers',
        '/schools',
        '/programs',
        '/sources',
        '/careers',
        '/keys',
        '/people',
        '/audit',
        '/portal-access',
        '/accounts',
      ],
    },
  ],
  barItem: () => <SearchDialog />,
  routes: [
    { pattern: '/', page: () => <Overview /> },
    { pattern: '/tour', page: () => <Tour /> },
    { pattern: '/notifications', page: () => <StaffNotifications /> },
    { pattern: '/leads', page: () => <Leads /> },
    { pattern: '/leads/:leadId', page: ({ leadId = '' }) => <Lead leadId={leadId} /> },
    { pattern: '/suppressions', page: () => <Suppressions /> },
    { pattern: '/withdrawals', page: () => <Withdrawals /> },
    { pattern: '/access-request', page: () => <AccessRequest /> },
    { pattern: '/erasures', page: () => <Erasures /> },
    { pattern: '/erasures/:erasureId', page: ({ erasureId = '' }) => <ErasurePage erasureId={erasureId} /> },
    { pattern: '/reconciliation', page: () => <Reconciliation /> },
    { pattern: '/deliveries', page: () => <Deliveries /> },
    { pattern: '/quarantine', page: () => <Quarantine /> },
    { pattern: '/replays', page: () => <Replays /> },
    { pattern: '/replays/:replayId', page: ({ replayId = '' }) => <Replay replayId={replayId} /> },
    { pattern: '/returns', page: () => <Returns /> },
    { pattern: '/untaken-work', page: () => <UntakenWork /> },
    { pattern: '/rejected-inbound', page: () => <RejectedInboundList /> },
    { pattern: '/explain', page: () => <ExplainRouting /> },
    { pattern: '/reports', page: () => <Reports /> },
    { pattern: '/campaigns', page: () => <Campaigns /> },
    { pattern: '/buyers/new', page: () => <NewBuyer /> },
    { pattern: '/setup', page: () => <SetupPage /> },
    ...accountKind.options.map((kind) => ({
      pattern: `/accounts/${kind}/:id`,
      page: ({ id = '' }) => <AccountPage key={`${kind} ${id}`} kind={kind} id={id} />,
    })),
    {
      pattern: '/keys',
      page: () => (
        <AllowedPage title={keysText.title} to={listKeys}>
          <Keys />
        </AllowedPage>
      ),
    },
    { pattern: '/audit', page: () => <Audit /> },
    {
      pattern: '/people',
      page: () => (
        <AllowedPage title={peopleText.title} to={listPeople}>
          <People />
        </AllowedPage>
      ),
    },
    { pattern: '/portal-access', page: () => <PortalAccess /> },
    ...recordKinds.flatMap((kind) => [
      { pattern: `/${kind}`, page: () => <RecordList key={kind} kind={kind} /> },
      { pattern: `/${kind}/new`, page: () => <RecordPage key={`${kind} new`} kind={kind} /> },
      {
        pattern: `/${kind}/:id`,
        page: ({ id = '' }) => <RecordPage key={`${kind} ${id}`} kind={kind} id={id} />,
      },
      {
        pattern: `/${kind}/:id/history`,
        page: ({ id = '' }) => <RecordHistory key={`${kind} ${id} history`} kind={kind} id={id} />,
      },
    ]),
  ],
})
