import '../portal.css'
import type * as z from 'zod'
import { readDeliveryLog } from '#shared/contract/school.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Badge } from '../../app/components/format.tsx'
import { LoadBoundary, Note } from '../../app/components/note.tsx'
import { usePolling } from '../../app/hooks/use-polling.ts'
import { Link, useQuery } from '../../app/router.tsx'
import { LeadDispositions } from '../aftercare/lead-dispositions.tsx'
import { LeadReturn } from '../aftercare/lead-return.tsx'
import { LeadDelivery } from '../delivery/lead-delivery.tsx'
import { type OwnSchool, ReadOnlyNotice, useOwnSchool } from '../own-school.tsx'
import { getLeadName } from './lead-columns.tsx'
import { LeadConsent } from './lead-consent.tsx'
import { LeadContact } from './lead-contact.tsx'

export type DeliveryLog = z.output<(typeof readDeliveryLog.responses)[200]['body']>

/** A lead: whom to call, what they agreed to, how it arrived, and what became of it. */
export function Lead({ deliveryId }: { deliveryId: string }) {
  const [log, reload] = useApiData(readDeliveryLog, { params: { deliveryId } })
  const [school] = useOwnSchool()
  const [query] = useQuery()
  usePolling(log.body !== undefined && isChangingSoon(log.body), reload)
  return (
    <>
      <p>
        <Link to={query.size > 0 ? `/leads?${query}` : '/leads'}>
          {query.size > 0 ? 'Back to your selection' : 'All leads'}
        </Link>
      </p>
      <LoadBoundary data={log} reload={reload}>
        {(body) => <LeadDetails log={body} school={school.body} reload={reload} />}
      </LoadBoundary>
    </>
  )
}

type Props = { log: DeliveryLog; school: OwnSchool | undefined; reload: () => void }

function LeadDetails({ log, school, reload }: Props) {
  const { state, test, event } = log
  const campaign = school?.campaigns.find(({ id }) => id === log.campaignId)
  const canManage = school?.scope === 'manage'
  return (
    <>
      <div class="head">
        <h1>{getLeadName(event)}</h1>
        <span>
          <Badge text={state} /> {test && <Badge text="test" />}
        </span>
      </div>
      {school && <ReadOnlyNotice school={school} />}
      {test && <Note>This is a test. Nobody is behind it, and it costs nothing.</Note>}
      {state === 'erased' && (
        <Note>
          The person asked to be forgotten. Nothing of them is kept here; erase what you keep of this lead, too.
        </Note>
      )}
      <div class="two">
        <div class="column">
          {event && <LeadContact event={event} createdAt={log.createdAt} />}
          <LeadDispositions log={log} canSetDisposition={canManage && event !== undefined} reload={reload} />
        </div>
        <div class="column">
          <LeadDelivery log={log} campaign={campaign} canResend={canManage} reload={reload} />
          <LeadReturn log={log} campaign={campaign} canRequestReturn={canManage} reload={reload} />
          {event && <LeadConsent event={event} />}
        </div>
      </div>
    </>
  )
}

const soonSeconds = 15

/** Whether something is to be seen soon: an attempt under way or about to be. */
export function isChangingSoon({ state, dueAt }: Pick<DeliveryLog, 'state' | 'dueAt'>): boolean {
  return state === 'leased' || (dueAt !== undefined && Date.parse(dueAt) < Date.now() + soonSeconds * 1000)
}
