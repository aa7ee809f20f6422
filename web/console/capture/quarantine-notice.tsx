import { rejectLead, releaseLead } from '#shared/contract/capture/quarantine.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { Allowed } from '../../app/people/allowed.tsx'
import { quarantineText, spamRuleLabels } from '../text/capture-text.ts'
import type { Timeline } from './timeline.ts'

type Props = { timeline: Pick<Timeline, 'leadId' | 'abuse' | 'quarantine' | 'review'>; reload: () => void }

/** Why a lead is in review, with buttons to release or reject it. */
export function QuarantineNotice({ timeline: { leadId, abuse, quarantine, review }, reload }: Props) {
  const { call } = useApi()
  if (!abuse || (quarantine === undefined && abuse.verdict === 'clean')) return null
  const params = { leadId }
  return (
    <section class="card" aria-labelledby="quarantine">
      <h2 id="quarantine">{quarantineText[quarantine ?? 'observed']}</h2>
      {review?.by.kind === 'staff' && (
        <p class="help">
          {quarantineText.decidedBy(review.by.name ?? review.by.keyId)} <Instant at={review.at} />
        </p>
      )}
      <SpamReasons reasons={abuse.reasons} />
      {quarantine === 'held' && (
        <>
          <p>{quarantineText.help}</p>
          <Allowed to={releaseLead}>
            <div class="actions">
              <Action
                run={() => call(releaseLead, { params })}
                onDone={reload}
                confirmation={{
                  title: quarantineText.releaseTitle,
                  text: quarantineText.help,
                  confirmLabel: quarantineText.releaseConfirm,
                }}
              >
                {quarantineText.release}
              </Action>
              <Action
                kind="danger"
                run={() => call(rejectLead, { params })}
                onDone={reload}
                confirmation={{
                  title: quarantineText.rejectTitle,
                  text: quarantineText.rejectHelp,
                  confirmLabel: quarantineText.rejectConfirm,
                }}
              >
                {quarantineText.reject}
              </Action>
            </div>
          </Allowed>
        </>
      )}
    </section>
  )
}

/** Why a lead looks automated. */
export function SpamReasons({ reasons }: { reasons: readonly string[] }) {
  return (
    <ul class="bullets">
      {reasons.map((code) => (
        <li key={code}>{spamRuleLabels[code] ?? code}</li>
      ))}
    </ul>
  )
}
