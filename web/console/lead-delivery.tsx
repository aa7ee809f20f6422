import type { Attempt } from '#shared/domain/delivery.ts'
import { Badge, duration, Instant, money } from '../app/words.tsx'
import { isReplayable, stageWords, stateWords } from './delivery-words.ts'
import type { Story } from './lead.tsx'
import { Dispositions } from './lead-dispositions.tsx'
import { Facts, Moment } from './moment.tsx'
import { SendAgain } from './send-again.tsx'

type Props = { delivery: Story['deliveries'][number]; again: () => void }

/** How one school got the lead, or not yet. */
export function Delivered({ delivery, again }: Props) {
  const {
    deliveryId,
    schoolName,
    createdAt,
    state,
    dueAt,
    deliveredAt,
    attemptLog,
    dispositions,
    replays,
    replayedAt,
  } = delivery
  return (
    <Moment
      title={
        <>
          {schoolName} <Badge word={state} />
        </>
      }
      at={createdAt}
    >
      <p>{stateWords[state]}</p>
      <Facts
        of={[
          ['Next attempt', dueAt && <Instant key="due" at={dueAt} />],
          ['First taken', deliveredAt && <Instant key="taken" at={deliveredAt} />],
          [
            'Sent again',
            replays > 0 && (
              <span key="again">
                {replays} times, last asked for <Instant at={replayedAt} />
              </span>
            ),
          ],
          ['Price', money(delivery.priceCents)],
          ['Campaign', delivery.campaignId],
          ['Program', delivery.programId],
          [
            'webhook-id',
            <span key="id" class="id">
              {deliveryId}
            </span>,
          ],
        ]}
      />
      {attemptLog.length > 0 && (
        <ol class="attempts" aria-label={`Attempts at ${schoolName}`}>
          {attemptLog.map((attempt) => (
            <li key={attempt.attemptId}>
              <Tried attempt={attempt} />
            </li>
          ))}
        </ol>
      )}
      <Dispositions of={dispositions} school={schoolName} />
      {isReplayable(state) && <SendAgain delivery={delivery} done={again} />}
    </Moment>
  )
}

function Tried({ attempt }: { attempt: Attempt }) {
  const { number, startedAt, endedAt, kind, stage, outcome, status, reason, answer, reference } = attempt
  return (
    <>
      <div class="head">
        <h3>
          Attempt {number}, by {kind === 'email' ? 'e-mail' : 'webhook'}: <Badge word={outcome} />
        </h3>
        <span class="help">
          <Instant at={startedAt} />, took {duration(Date.parse(endedAt) - Date.parse(startedAt))}
        </span>
      </div>
      <p>
        {stageWords[stage] ?? stage}
        {status !== undefined && ` with status ${status}`}.{outcomeWords[outcome]}
      </p>
      <Facts
        of={[
          ['Reason', reason],
          ['Reference', reference],
        ]}
      />
      {answer && (
        <details>
          <summary>What came back</summary>
          <pre>{answer}</pre>
        </details>
      )}
    </>
  )
}

const outcomeWords = {
  delivered: ' The school has it.',
  rejected: ' The school does not want it.',
  retry: ' It is tried again.',
  held: ' It is tried again, and this attempt does not count against the school.',
  dead: ' Nothing more is tried.',
} as const satisfies { [outcome in Attempt['outcome']]: string }
