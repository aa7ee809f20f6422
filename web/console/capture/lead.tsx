import './lead.css'
import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { type leadTimeline, readLead } from '#shared/contract/operator.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Badge, Instant } from '../../app/components/format.tsx'
import { LoadBoundary, Note } from '../../app/components/note.tsx'
import { usePolling } from '../../app/hooks/use-polling.ts'
import { Link } from '../../app/router.tsx'
import { EraseLeadPerson } from '../aftercare/erase-person-form.tsx'
import { type Names, useNames } from '../catalog/names.tsx'
import { ConsentEvent } from './consent-event.tsx'
import { DecisionHistory } from './decision-history.tsx'
import { DeliveryEntry } from './delivery-entry.tsx'
import { type RevealedLead, Reveals } from './lead-reveal.tsx'
import { QuarantineNotice } from './quarantine-notice.tsx'
import { RequestEntry } from './request-entry.tsx'

export type Timeline = z.output<typeof leadTimeline>

/** A lead from the visitor's click to what its schools said of it, told as it happened. */
export function Lead({ leadId }: { leadId: string }) {
  const [timeline, reload] = useApiData(readLead, { params: { leadId } })
  usePolling(timeline.body !== undefined && isChangingSoon(timeline.body), reload)
  const schools = useNames('schools')
  const campaigns = useNames('campaigns')
  return (
    <>
      <p>
        <Link to="/leads">All leads</Link>
      </p>
      <LoadBoundary data={timeline} reload={reload}>
        {(body) => <LeadTimeline timeline={body} reload={reload} schools={schools} campaigns={campaigns} />}
      </LoadBoundary>
    </>
  )
}

const soonSeconds = 15

/** Whether something is to be seen soon: an attempt under way or about to be, or an offer that is due. */
function isChangingSoon({ deliveries, offerAt }: Timeline): boolean {
  const soon = new Date(Date.now() + soonSeconds * 1000).toISOString()
  const isSoon = (at: string | undefined) => at !== undefined && at < soon
  return isSoon(offerAt) || deliveries.some(({ state, dueAt }) => state === 'leased' || isSoon(dueAt))
}

type Props = { timeline: Timeline; reload: () => void; schools: Names; campaigns: Names }

function LeadTimeline({ timeline: maskedTimeline, reload, schools, campaigns }: Props) {
  const [revealed, setRevealed] = useState<RevealedLead>()
  const timeline = withRevealedContact(maskedTimeline, revealed)
  const { leadId, receivedAt, outcome, quarantine, test, deliveries, decisions, offerAt } = timeline
  return (
    <>
      <div class="head">
        <h1>
          Lead of <Instant at={receivedAt} />
        </h1>
        <span>
          <Badge text={quarantine === 'held' ? 'held' : outcome} /> {test && <Badge text="test" />}
        </span>
      </div>
      <p class="id">{leadId}</p>
      {timeline.erased && (
        <Note>
          The person was forgotten <Instant at={timeline.erased.erasedAt} />. What is left tells nothing of them.{' '}
          <Link to={`/erasures/${timeline.erased.erasureId}`}>The receipt</Link> says which schools were told.
        </Note>
      )}
      <QuarantineNotice timeline={timeline} reload={reload} />
      <ol class="story">
        <RequestEntry timeline={timeline}>
          {!timeline.erased && (
            <Reveals
              leadId={leadId}
              reveals={timeline.reveals}
              isShown={revealed !== undefined}
              onReveal={(revealedLead) => {
                setRevealed(revealedLead)
                reload()
              }}
            />
          )}
        </RequestEntry>
        {timeline.consent && <ConsentEvent consent={timeline.consent} schools={schools} />}
        <DecisionHistory decisions={decisions} schools={schools} campaigns={campaigns} />
        {deliveries.map((delivery) => (
          <DeliveryEntry key={delivery.deliveryId} delivery={delivery} reload={reload} />
        ))}
        {offerAt && (
          <li class="waiting">
            <h2>Waits</h2>
            <p>
              It is offered again at <Instant at={offerAt} />.
            </p>
          </li>
        )}
      </ol>
      {!timeline.erased && <EraseLeadPerson leadId={leadId} />}
    </>
  )
}

/** The story as it is for whoever may know whose it is. */
function withRevealedContact(timeline: Timeline, revealed: RevealedLead | undefined): Timeline {
  if (!revealed) return timeline
  const { contact, page, subIds, utm, consent } = revealed
  return {
    ...timeline,
    contact,
    page,
    subIds,
    utm,
    ...(timeline.consent && { consent: { ...timeline.consent, ...consent } }),
  }
}
