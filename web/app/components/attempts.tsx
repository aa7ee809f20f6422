import type { Attempt } from '#shared/domain/delivery/delivery.ts'
import { stageLabels } from './delivery-state-labels.ts'
import { Badge, formatDuration, formatNumber, Instant } from './format.tsx'
import { DetailList } from './timeline-entry.tsx'

/** Each attempt to deliver: how far it came, and what came back. */
export function Attempts({ attempts, schoolName }: { attempts: readonly Attempt[]; schoolName: string }) {
  if (attempts.length === 0) return null
  return (
    <ol class="attempts" aria-label={`Attempts at ${schoolName}`}>
      {attempts.map((attempt) => (
        <li key={attempt.attemptId}>
          <AttemptDetails attempt={attempt} />
        </li>
      ))}
    </ol>
  )
}

function AttemptDetails({ attempt }: { attempt: Attempt }) {
  const {
    number: attemptNumber,
    startedAt,
    endedAt,
    kind,
    stage,
    outcome,
    status,
    reason,
    response,
    reference,
    request,
    bouncedAt,
  } = attempt
  return (
    <>
      <div class="head">
        <h3>
          Attempt {attemptNumber}, by {kind === 'email' ? 'e-mail' : 'webhook'}: <Badge text={outcome} />
        </h3>
        <span class="help">
          <Instant at={startedAt} />, took {formatDuration(Date.parse(endedAt) - Date.parse(startedAt))}
        </span>
      </div>
      <p>
        {stageLabels[stage] ?? stage}
        {status !== undefined && ` with status ${status}`}.{outcomeLabels[outcome]}
      </p>
      <DetailList
        items={[
          ['Came back', bouncedAt && <Instant key="back" at={bouncedAt} />],
          ['Reason', reason],
          ['Reference', reference],
          ['Sent', request && `${request.method} ${request.url}`],
          ['Body', request && <RequestBody key="body" request={request} />],
        ]}
      />
      {response && (
        <details>
          <summary>What came back</summary>
          <pre>{response}</pre>
        </details>
      )}
    </>
  )
}

function RequestBody({ request: { bytes, sha256 } }: { request: NonNullable<Attempt['request']> }) {
  return (
    <>
      {formatNumber(bytes)} bytes, SHA-256 <span class="id">{sha256}</span>
    </>
  )
}

const outcomeLabels = {
  delivered: ' The school has it.',
  rejected: ' The school does not want it.',
  retry: ' It is tried again.',
  'uncounted-retry': ' It is tried again, and this attempt does not count against the school.',
  dead: ' Nothing more is tried.',
} as const satisfies { [outcome in Attempt['outcome']]: string }
