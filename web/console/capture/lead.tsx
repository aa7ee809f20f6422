import './lead.css'
import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { type leadStory, readLead } from '#shared/contract/operator.ts'
import { useLoaded } from '../../app/api.tsx'
import { Note, Ready } from '../../app/components/note.tsx'
import { Badge, Instant } from '../../app/components/words.tsx'
import { useFollow } from '../../app/hooks/use-follow.ts'
import { Link } from '../../app/place.tsx'
import { ForgetLead } from '../aftercare/forget-person.tsx'
import { type Names, useNames } from '../catalog/names.tsx'
import { Agreed } from './lead-consent.tsx'
import { Decided } from './lead-decisions.tsx'
import { Delivered } from './lead-delivery.tsx'
import { Kept } from './lead-quarantine.tsx'
import { Received } from './lead-received.tsx'
import { type Revealed, Reveals } from './lead-reveal.tsx'

export type Story = z.output<typeof leadStory>

/** A lead from the visitor's click to what its schools said of it, told as it happened. */
export function Lead({ leadId }: { leadId: string }) {
  const [story, again] = useLoaded(readLead, { params: { leadId } })
  useFollow(story.body !== undefined && isMoving(story.body), again)
  const schools = useNames('schools')
  const campaigns = useNames('campaigns')
  return (
    <>
      <p>
        <Link to="/leads">All leads</Link>
      </p>
      <Ready of={story} again={again}>
        {(told) => <Told story={told} again={again} schools={schools} campaigns={campaigns} />}
      </Ready>
    </>
  )
}

const soonSeconds = 15

/** Whether something is to be seen soon: an attempt under way or about to be, or an offer that is due. */
function isMoving({ deliveries, offerAt }: Story): boolean {
  const soon = new Date(Date.now() + soonSeconds * 1000).toISOString()
  const isSoon = (at: string | undefined) => at !== undefined && at < soon
  return isSoon(offerAt) || deliveries.some(({ state, dueAt }) => state === 'leased' || isSoon(dueAt))
}

type Props = { story: Story; again: () => void; schools: Names; campaigns: Names }

function Told({ story: told, again, schools, campaigns }: Props) {
  const [revealed, setRevealed] = useState<Revealed>()
  const story = unmasked(told, revealed)
  const { leadId, receivedAt, outcome, quarantine, test, deliveries, decisions, offerAt } = story
  return (
    <>
      <div class="head">
        <h1>
          Lead of <Instant at={receivedAt} />
        </h1>
        <span>
          <Badge word={quarantine === 'held' ? 'held' : outcome} /> {test && <Badge word="test" />}
        </span>
      </div>
      <p class="id">{leadId}</p>
      {story.erased && (
        <Note>
          The person was forgotten <Instant at={story.erased.erasedAt} />. What is left tells nothing of them.{' '}
          <Link to={`/erasures/${story.erased.erasureId}`}>The receipt</Link> says which schools were told.
        </Note>
      )}
      <Kept story={story} again={again} />
      <ol class="story">
        <Received story={story}>
          {!story.erased && (
            <Reveals
              leadId={leadId}
              reveals={story.reveals}
              isShown={revealed !== undefined}
              show={(shown) => {
                setRevealed(shown)
                again()
              }}
            />
          )}
        </Received>
        {story.consent && <Agreed consent={story.consent} schools={schools} />}
        <Decided decisions={decisions} schools={schools} campaigns={campaigns} />
        {deliveries.map((delivery) => (
          <Delivered key={delivery.deliveryId} delivery={delivery} again={again} />
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
      {!story.erased && <ForgetLead leadId={leadId} />}
    </>
  )
}

/** The story as it is for whoever may know whose it is. */
function unmasked(story: Story, revealed: Revealed | undefined): Story {
  if (!revealed) return story
  const { contact, page, subIds, utm, consent } = revealed
  return { ...story, contact, page, subIds, utm, ...(story.consent && { consent: { ...story.consent, ...consent } }) }
}
