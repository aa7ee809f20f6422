import type * as z from 'zod'
import { resendDelivery } from '#shared/contract/replays.ts'
import { readDeliveryLog } from '#shared/contract/school.ts'
import { Action } from '../app/action.tsx'
import { useApi, useLoaded } from '../app/api.tsx'
import { Attempts } from '../app/attempts.tsx'
import { isReplayable, stateWords } from '../app/delivery-words.ts'
import { Facts, Moment } from '../app/moment.tsx'
import { Ready } from '../app/note.tsx'
import { Link } from '../app/place.tsx'
import { useFollow } from '../app/use-follow.ts'
import { Badge, Instant } from '../app/words.tsx'
import { Became } from './lead-became.tsx'
import { Person } from './lead-person.tsx'

export type Log = z.output<(typeof readDeliveryLog.responses)[200]['body']>

const soonMs = 15_000

/** One lead of the school: who it is, what was agreed to, how it came, and what became of it. */
export function Lead({ deliveryId }: { deliveryId: string }) {
  const [log, again] = useLoaded(readDeliveryLog, { params: { deliveryId } })
  const { state, dueAt } = log.body ?? {}
  useFollow(state === 'leased' || (dueAt !== undefined && Date.parse(dueAt) < Date.now() + soonMs), again)
  return (
    <>
      <p>
        <Link to="/leads">All leads</Link>
      </p>
      <Ready of={log} again={again}>
        {(told) => {
          const { contact, consent, test } = told.event.data
          return (
            <>
              <div class="head">
                <h1>
                  {contact.firstName} {contact.lastName}
                </h1>
                {test && <Badge word="test" />}
              </div>
              <ol class="story">
                <Person log={told} />
                <Moment title="What the person agreed to" at={consent.grantedAt}>
                  <blockquote class="shown">{consent.text}</blockquote>
                  <Facts
                    of={[
                      ['Text', `version ${consent.version}`],
                      ['SHA-256', <code key="hash">{consent.sha256}</code>],
                      [
                        'Certificate',
                        consent.certificateUrl && (
                          <a key="certificate" href={consent.certificateUrl} rel="noreferrer">
                            {consent.certificateUrl}
                          </a>
                        ),
                      ],
                    ]}
                  />
                </Moment>
                <Came log={told} again={again} />
                <Became log={told} again={again} />
              </ol>
            </>
          )
        }}
      </Ready>
    </>
  )
}

function Came({ log, again }: { log: Log; again: () => void }) {
  const { call } = useApi()
  const { deliveryId, state, createdAt, dueAt, attemptLog, schoolName } = log
  return (
    <Moment
      title={
        <>
          How it came to you <Badge word={state} />
        </>
      }
      at={createdAt}
    >
      <p>{stateWords[state]}</p>
      <Facts
        of={[
          ['Next attempt', dueAt && <Instant key="due" at={dueAt} />],
          ['webhook-id', <code key="id">{deliveryId}</code>],
        ]}
      />
      <Attempts of={attemptLog} at={schoolName} />
      {isReplayable(state) && (
        <Action
          kind="second"
          run={() => call(resendDelivery, { params: { deliveryId } })}
          done={again}
          said="It is on its way once more."
          sure={{
            title: 'Have this lead sent once more?',
            text: <p>The same bytes come with the same webhook-id, so that your system can tell the repeat.</p>,
            yes: 'Send it again',
          }}
        >
          Send again …
        </Action>
      )}
    </Moment>
  )
}
