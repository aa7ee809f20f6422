import type { Attempt } from '#shared/domain/delivery/delivery.ts'
import { formatDuration, formatNumber } from '../format.ts'
import { attemptText } from '../text/app-text.ts'
import { attemptOutcomeLabels, attemptStageLabels } from '../text/lead-labels.ts'
import { Badge } from './badge.tsx'
import { Instant } from './instant.tsx'
import { DetailList } from './timeline.tsx'

type Props = {
  attempts: readonly Attempt[]
  schoolName: string
  /** What the reader calls the system that the lead is sent to, such as "your system". */
  system: string
}

/** Each attempt to deliver a lead, with what was sent and what the school's system responded. */
export function Attempts({ attempts, schoolName, system }: Props) {
  if (attempts.length === 0) return null
  return (
    <ol class="attempts" aria-label={attemptText.list(schoolName)}>
      {attempts.map((attempt) => (
        <li key={attempt.attemptId}>
          <AttemptDetails attempt={attempt} system={system} />
        </li>
      ))}
    </ol>
  )
}

function AttemptDetails({ attempt, system }: { attempt: Attempt; system: string }) {
  const { kind, startedAt, endedAt, outcome, reason, response, reference, request, bouncedAt, recipients, file } =
    attempt
  return (
    <>
      <div class="head">
        <h3>
          {attemptText.title(attempt.number, describeResult(attempt, system))} <Badge kind="attempt" status={outcome} />
        </h3>
        <span class="help">
          {attemptText.kind[kind]}, <Instant at={startedAt} />,{' '}
          {attemptText.took(formatDuration(Date.parse(endedAt) - Date.parse(startedAt)))}
        </span>
      </div>
      <DetailList
        items={[
          [attemptText.bounced, bouncedAt && <Instant key="bounced" at={bouncedAt} />],
          [attemptText.recipients, recipients && <Recipients key="recipients" recipients={recipients} />],
          [attemptText.file, file && attemptText.fileRow(file.name, file.row)],
          [attemptText.reason, reason],
          [attemptText.reference, reference],
          [attemptText.request, request && `${request.method} ${request.url}`],
          [
            attemptText.body,
            request && (
              <span key="body">
                {attemptText.bodySize(formatNumber(request.bytes))} <span class="id">{request.sha256}</span>
              </span>
            ),
          ],
        ]}
      />
      {response && (
        <details>
          <summary>{attemptText.response}</summary>
          <pre>{response}</pre>
        </details>
      )}
    </>
  )
}

/** What became of one email for each mailbox that it went to. */
function Recipients({ recipients }: { recipients: NonNullable<Attempt['recipients']> }) {
  return (
    <ul class="bullets">
      {recipients.map(({ to, state, reason }) => (
        <li key={to}>
          {to}: {attemptText.recipientStates[state]}
          {reason && ` (${reason})`}
        </li>
      ))}
    </ul>
  )
}

/** Such as `204, accepted by your system`. */
function describeResult({ stage, outcome, status }: Attempt, system: string): string {
  const result = (attemptStageLabels[stage] ?? attemptOutcomeLabels[outcome])(system)
  return status === undefined ? result : attemptText.status(status, result)
}
