import type { Attempt } from '#shared/domain/delivery/delivery.ts'
import { stageWords } from './delivery-words.ts'
import { Facts } from './moment.tsx'
import { Badge, duration, Instant, number } from './words.tsx'

/** Each attempt to deliver: how far it came, and what came back. */
export function Attempts({ of: attempts, at }: { of: readonly Attempt[]; at: string }) {
  if (attempts.length === 0) return null
  return (
    <ol class="attempts" aria-label={`Attempts at ${at}`}>
      {attempts.map((attempt) => (
        <li key={attempt.attemptId}>
          <Tried attempt={attempt} />
        </li>
      ))}
    </ol>
  )
}

function Tried({ attempt }: { attempt: Attempt }) {
  const {
    number: which,
    startedAt,
    endedAt,
    kind,
    stage,
    outcome,
    status,
    reason,
    answer,
    reference,
    request,
    cameBackAt,
  } = attempt
  return (
    <>
      <div class="head">
        <h3>
          Attempt {which}, by {kind === 'email' ? 'e-mail' : 'webhook'}: <Badge word={outcome} />
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
          ['Came back', cameBackAt && <Instant key="back" at={cameBackAt} />],
          ['Reason', reason],
          ['Reference', reference],
          ['Sent', request && `${request.method} ${request.url}`],
          ['Body', request && <Body key="body" of={request} />],
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

function Body({ of: { bytes, sha256 } }: { of: NonNullable<Attempt['request']> }) {
  return (
    <>
      {number(bytes)} bytes, SHA-256 <span class="id">{sha256}</span>
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
