import './lead.css'
import { useState } from 'preact/hooks'
import { readLead } from '#shared/contract/capture/leads.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { LoadBoundary, Note } from '../../app/components/note.tsx'
import { usePolling } from '../../app/hooks/use-polling.ts'
import { Link } from '../../app/router.tsx'
import { EraseLeadPerson } from '../aftercare/erase-person-form.tsx'
import { type Names, useNames, useSelectedNames } from '../catalog/names.tsx'
import { leadText } from '../text/capture-text.ts'
import { ConsentEvent } from './consent-event.tsx'
import { DecisionHistory } from './decision-history.tsx'
import { DeliveryEntry } from './delivery-entry.tsx'
import { type RevealedLead, Reveals } from './lead-reveal.tsx'
import { QuarantineNotice } from './quarantine-notice.tsx'
import { RequestEntry } from './request-entry.tsx'
import type { Timeline } from './timeline.ts'

/** The timeline of a lead, from the request to the statuses that schools recorded. */
export function Lead({ leadId }: { leadId: string }) {
  const [timeline, reload] = useApiData(readLead, { params: { leadId } })
  usePolling(timeline.body !== undefined && isChangingSoon(timeline.body), reload)
  const schools = useNames('schools')
  const campaigns = useNames('campaigns')
  return (
    <>
      <p>
        <Link to="/leads">{leadText.allLeads}</Link>
      </p>
      <LoadBoundary data={timeline} reload={reload}>
        {(body) => <LeadTimeline timeline={body} reload={reload} schools={schools} campaigns={campaigns} />}
      </LoadBoundary>
    </>
  )
}

const soonSeconds = 15

/** Whether an attempt is running or due within seconds, or the lead is about to be offered again. */
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
  const programs = useSelectedNames(
    'programs',
    [timeline, ...deliveries].map(({ programId }) => programId),
  )
  return (
    <>
      <div class="head">
        <h1>
          {leadText.title} <Instant at={receivedAt} />
        </h1>
        <span>
          <Badge kind="lead" status={quarantine === 'held' ? 'held' : outcome} />{' '}
          {test && <Badge kind="lead" status="test" />}
        </span>
      </div>
      <p class="id">{leadId}</p>
      {timeline.erased && (
        <Note>
          {leadText.deleted} <Instant at={timeline.erased.erasedAt} />.{' '}
          <Link to={`/erasures/${timeline.erased.erasureId}`}>{leadText.deletionReceipt}</Link>
        </Note>
      )}
      {(timeline.masked === 'withdrawn' || timeline.masked === 'suppressed') && (
        <Note kind="bad">{leadText.noCalls[timeline.masked]}</Note>
      )}
      <QuarantineNotice timeline={timeline} reload={reload} />
      <ol class="timeline">
        <RequestEntry timeline={timeline} programs={programs}>
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
        {timeline.consent && (
          <ConsentEvent consent={timeline.consent} certificates={timeline.certificates ?? []} schools={schools} />
        )}
        <DecisionHistory decisions={decisions} schools={schools} campaigns={campaigns} />
        {deliveries.map((delivery) => (
          <DeliveryEntry
            key={delivery.deliveryId}
            delivery={delivery}
            campaigns={campaigns}
            programs={programs}
            reload={reload}
          />
        ))}
        {offerAt && (
          <li class="waiting">
            <h2>{leadText.waiting}</h2>
            <p>
              {leadText.offeredAgain} <Instant at={offerAt} withZone />.
            </p>
          </li>
        )}
      </ol>
      {!timeline.erased && (
        <p>
          <Link to={`/withdrawals?lead=${leadId}`}>{leadText.recordWithdrawal}</Link>
        </p>
      )}
      {!timeline.erased && <EraseLeadPerson leadId={leadId} />}
    </>
  )
}

/** The timeline with unmasked contact info. */
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
