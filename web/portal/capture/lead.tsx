import '../portal.css'
import type * as z from 'zod'
import { readDeliveryLog } from '#shared/contract/school.ts'
import { useLoaded } from '../../app/api.tsx'
import { Note, Ready } from '../../app/components/note.tsx'
import { Badge } from '../../app/components/words.tsx'
import { useFollow } from '../../app/hooks/use-follow.ts'
import { Link, useQuery } from '../../app/place.tsx'
import { LeadDispositions } from '../aftercare/lead-dispositions.tsx'
import { LeadReturn } from '../aftercare/lead-return.tsx'
import { LeadDelivery } from '../delivery/lead-delivery.tsx'
import { ReadOnly, type School, useOwnSchool } from '../own-school.tsx'
import { nameOf } from './lead-columns.tsx'
import { LeadConsent } from './lead-consent.tsx'
import { LeadContact } from './lead-contact.tsx'

export type Log = z.output<(typeof readDeliveryLog.responses)[200]['body']>

/** A lead: whom to call, what they agreed to, how it arrived, and what became of it. */
export function Lead({ deliveryId }: { deliveryId: string }) {
  const [log, again] = useLoaded(readDeliveryLog, { params: { deliveryId } })
  const [school] = useOwnSchool()
  const [query] = useQuery()
  useFollow(log.body !== undefined && isMoving(log.body), again)
  return (
    <>
      <p>
        <Link to={query.size > 0 ? `/leads?${query}` : '/leads'}>
          {query.size > 0 ? 'Back to your selection' : 'All leads'}
        </Link>
      </p>
      <Ready of={log} again={again}>
        {(told) => <Told log={told} school={school.body} again={again} />}
      </Ready>
    </>
  )
}

type Props = { log: Log; school: School | undefined; again: () => void }

function Told({ log, school, again }: Props) {
  const { state, test, event } = log
  const campaign = school?.campaigns.find(({ id }) => id === log.campaignId)
  const mayManage = school?.scope === 'manage'
  return (
    <>
      <div class="head">
        <h1>{nameOf(event)}</h1>
        <span>
          <Badge word={state} /> {test && <Badge word="test" />}
        </span>
      </div>
      {school && <ReadOnly school={school} />}
      {test && <Note>This is a test. Nobody is behind it, and it costs nothing.</Note>}
      {state === 'erased' && (
        <Note>
          The person asked to be forgotten. Nothing of them is kept here; erase what you keep of this lead, too.
        </Note>
      )}
      <div class="two">
        <div class="column">
          {event && <LeadContact event={event} createdAt={log.createdAt} />}
          <LeadDispositions log={log} mayTell={mayManage && event !== undefined} again={again} />
        </div>
        <div class="column">
          <LeadDelivery log={log} campaign={campaign} mayResend={mayManage} again={again} />
          <LeadReturn log={log} campaign={campaign} mayAsk={mayManage} again={again} />
          {event && <LeadConsent event={event} />}
        </div>
      </div>
    </>
  )
}

const soonSeconds = 15

/** Whether something is to be seen soon: an attempt under way or about to be. */
export function isMoving({ state, dueAt }: Pick<Log, 'state' | 'dueAt'>): boolean {
  return state === 'leased' || (dueAt !== undefined && Date.parse(dueAt) < Date.now() + soonSeconds * 1000)
}
