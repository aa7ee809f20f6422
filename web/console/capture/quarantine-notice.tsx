import { rejectLead, releaseLead } from '#shared/contract/capture/quarantine.ts'
import { spamRules } from '#shared/domain/capture/spam-rules.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import type { Timeline } from './lead.tsx'

type Props = { timeline: Pick<Timeline, 'leadId' | 'abuse' | 'quarantine'>; reload: () => void }

/** Why a lead was kept back, and the two ways out. */
export function QuarantineNotice({ timeline: { leadId, abuse, quarantine }, reload }: Props) {
  const { call } = useApi()
  if (!abuse || (quarantine === undefined && abuse.verdict === 'clean')) return null
  const params = { leadId }
  return (
    <section class="card" aria-labelledby="kept">
      <h2 id="kept">{titles[quarantine ?? 'passed']}</h2>
      <SpamReasons reasons={abuse.reasons} />
      {quarantine === 'held' && (
        <>
          <p>
            No school has heard of it. Released, it is offered within minutes to the schools that its consent named.
          </p>
          <div class="actions">
            <Action run={() => call(releaseLead, { params })} onDone={reload}>
              Release
            </Action>
            <Action
              kind="danger"
              run={() => call(rejectLead, { params })}
              onDone={reload}
              confirmation={{
                title: 'Reject this lead?',
                text: 'It stays kept and is never offered to a school. That cannot be taken back.',
                confirmLabel: 'Reject it',
              }}
            >
              Reject
            </Action>
          </div>
        </>
      )}
    </section>
  )
}

const titles = {
  held: 'Kept back: this looks like a program’s doing',
  released: 'Was kept back, and released by staff',
  rejected: 'Kept back, and rejected by staff',
  passed: 'Looked like a program’s doing, and went through: its source only observes',
} as const

/** What told against a person, in plain words. */
export function SpamReasons({ reasons }: { reasons: readonly string[] }) {
  return (
    <ul class="plainly">
      {reasons.map((code) => (
        <li key={code}>
          {spamRules.find((signal) => signal.code === code)?.description ?? code} <code>{code}</code>
        </li>
      ))}
    </ul>
  )
}
