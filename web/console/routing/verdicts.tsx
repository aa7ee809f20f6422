import './verdicts.css'
import type { Decision, Verdict } from '#shared/domain/routing/decision.ts'
import { Badge, formatMoney, Instant } from '../../app/components/format.tsx'
import type { Names } from '../catalog/names.tsx'
import { explainReason } from './explain-reason.ts'

type Props = {
  decision: Pick<Decision, 'verdicts'>
  schools: Names
  campaigns: Names
  /** What being selected amounts to. */
  selectedLabel: string
}

/** Who gets the lead, and why not each of the others: in the order in which it was decided. */
export function Verdicts({ decision: { verdicts }, schools, campaigns, selectedLabel }: Props) {
  const selectedVerdicts = verdicts.filter(({ selected }) => selected)
  const refusedVerdicts = verdicts.filter(({ selected }) => !selected)
  const names = { schools, campaigns }
  return (
    <>
      {verdicts.length === 0 && (
        <p class="empty">No campaign was looked at: none promotes a program for this career and state.</p>
      )}
      {selectedVerdicts.length > 0 && (
        <ol class="verdicts">
          {selectedVerdicts.map((verdict) => (
            <li key={verdict.campaignId}>
              <SelectedVerdict verdict={verdict} selectedLabel={selectedLabel} {...names} />
            </li>
          ))}
        </ol>
      )}
      {refusedVerdicts.length > 0 && (
        <section class="why-not">
          <h3>Why not {refusedVerdicts.length === 1 ? 'this school' : 'these schools'}?</h3>
          <ul class="verdicts">
            {refusedVerdicts.map((verdict) => (
              <li key={verdict.campaignId}>
                <RefusedVerdict verdict={verdict} {...names} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

type VerdictProps = { verdict: Verdict; schools: Names; campaigns: Names }

function SelectedVerdict({ verdict, selectedLabel, ...names }: VerdictProps & { selectedLabel: string }) {
  const { rank, exclusive, priceCents, programId } = verdict
  const details = [
    rank !== undefined && `place ${rank}`,
    exclusive && 'alone',
    priceCents !== undefined && formatMoney(priceCents),
    programId !== undefined && `for ${programId}`,
  ].filter(Boolean)
  return (
    <>
      <SchoolAndCampaign verdict={verdict} {...names} /> <Badge text="selected" />
      <p>
        {selectedLabel}
        {details.length > 0 ? `: ${details.join(', ')}` : ''}.
      </p>
    </>
  )
}

function RefusedVerdict({ verdict, ...names }: VerdictProps) {
  const { reason = '', detail, until, parked } = verdict
  const { description, fix } = explainReason(reason, detail)
  return (
    <>
      <SchoolAndCampaign verdict={verdict} {...names} /> <code>{reason}</code>
      <p>
        {description}
        {until && (
          <>
            {' '}
            Until <Instant at={until} />
            {parked ? ', when the lead is offered to it again.' : '.'}
          </>
        )}
      </p>
      <p class="help">{fix}</p>
    </>
  )
}

function SchoolAndCampaign({ verdict: { schoolId, campaignId }, schools, campaigns }: VerdictProps) {
  return (
    <>
      <strong>{schools.get(schoolId) ?? schoolId}</strong>{' '}
      <span class="help">{campaigns.get(campaignId) ?? campaignId}</span>
    </>
  )
}
