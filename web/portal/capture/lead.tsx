import '../portal.css'
import { readDeliveryLog } from '#shared/contract/delivery/school-leads.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Badge } from '../../app/components/badge.tsx'
import { LoadBoundary, Note } from '../../app/components/note.tsx'
import { usePolling } from '../../app/hooks/use-polling.ts'
import { Link, useQuery } from '../../app/router.tsx'
import { LeadDispositions } from '../aftercare/lead-dispositions.tsx'
import { LeadReturn } from '../aftercare/lead-return.tsx'
import { OptOutButton } from '../aftercare/opt-out-button.tsx'
import { LeadDelivery } from '../delivery/lead-delivery.tsx'
import { type OwnSchool, ReadOnlyNotice, useOwnSchool } from '../own-school.tsx'
import { leadText } from '../text/leads.ts'
import type { DeliveryLog } from './delivery-log.ts'
import { getLeadName } from './lead-columns.tsx'
import { LeadConsent } from './lead-consent.tsx'
import { LeadContact } from './lead-contact.tsx'
import { LeadNavigation } from './lead-navigation.tsx'
import { MaskedLead } from './masked-lead.tsx'

/** A lead: contact, status, delivery, return and consent. */
export function Lead({ deliveryId }: { deliveryId: string }) {
  const [log, reload] = useApiData(readDeliveryLog, { params: { deliveryId } })
  const [school] = useOwnSchool()
  const [query] = useQuery()
  usePolling(log.body !== undefined && isChangingSoon(log.body), reload)
  return (
    <>
      <div class="head">
        <Link to={query.size > 0 ? `/leads?${query}` : '/leads'}>
          {query.size > 0 ? leadText.backToList : leadText.allLeads}
        </Link>
        <LeadNavigation deliveryId={deliveryId} query={query} />
      </div>
      <LoadBoundary data={log} reload={reload}>
        {(body) => <LeadDetails log={body} school={school.body} reload={reload} />}
      </LoadBoundary>
    </>
  )
}

type Props = { log: DeliveryLog; school: OwnSchool | undefined; reload: () => void }

function LeadDetails({ log, school, reload }: Props) {
  const { state, test, event, taken } = log
  const campaign = school?.campaigns.find(({ id }) => id === log.campaignId)
  const canManage = school?.scope === 'manage'
  return (
    <>
      <div class="head">
        <h1>{getLeadName(log)}</h1>
        <span>
          <Badge kind="delivery" status={state} /> {test && <Badge kind="lead" status="test" />}
        </span>
      </div>
      {school && <ReadOnlyNotice school={school} />}
      {test && <Note>{leadText.testNotice}</Note>}
      {state === 'erased' && <Note>{leadText.deletedNotice}</Note>}
      <div class="two-columns">
        <div class="column">
          {event && <LeadContact event={event} createdAt={log.createdAt} contactWindow={log.contactWindow} />}
          {log.masked && <MaskedLead log={log} reason={log.masked} canManage={canManage} reload={reload} />}
          {event && taken && canManage && (
            <OptOutButton deliveryId={log.deliveryId} name={getLeadName(log)} onDone={reload} />
          )}
          <LeadDispositions log={log} canSetDisposition={canManage && taken && state !== 'erased'} reload={reload} />
        </div>
        <div class="column">
          <LeadDelivery log={log} campaign={campaign} canManage={canManage} reload={reload} />
          <LeadReturn log={log} campaign={campaign} canRequestReturn={canManage} reload={reload} />
          {event && <LeadConsent event={event} certificates={log.certificates} />}
        </div>
      </div>
    </>
  )
}

const soonSeconds = 15

/** Whether an attempt is running or due within seconds. */
export function isChangingSoon({ state, dueAt }: Pick<DeliveryLog, 'state' | 'dueAt'>): boolean {
  return state === 'leased' || (dueAt !== undefined && Date.parse(dueAt) < Date.now() + soonSeconds * 1000)
}
