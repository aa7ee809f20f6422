import './verdicts.css'
import type { Decision, Verdict } from '#shared/domain/routing/decision.ts'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { formatMoney } from '../../app/format.ts'
import { formatName, type Names, useSelectedNames } from '../catalog/names.tsx'
import { verdictText } from '../text/routing-text.ts'
import { explainReason } from './explain-reason.ts'

type Props = {
  decision: Pick<Decision, 'verdicts'>
  schools: Names
  campaigns: Names
  /** Whether a selected campaign got the lead, or would only be shown. */
  outcome: 'sold' | 'shown'
}

/** The selected campaigns, and why each of the others was not selected, in the order of the decision. */
export function Verdicts({ decision: { verdicts }, schools, campaigns, outcome }: Props) {
  const selectedVerdicts = verdicts.filter(({ selected }) => selected)
  const refusedVerdicts = verdicts.filter(({ selected }) => !selected)
  const programs = useSelectedNames(
    'programs',
    selectedVerdicts.map(({ programId }) => programId),
  )
  const names = { schools, campaigns }
  return (
    <>
      {verdicts.length === 0 && <p class="empty">{verdictText.none}</p>}
      {selectedVerdicts.length > 0 && (
        <ol class="verdicts">
          {selectedVerdicts.map((verdict, index) => (
            <li key={verdict.campaignId}>
              <SelectedVerdict
                verdict={verdict}
                position={index + 1}
                outcome={outcome}
                programs={programs}
                {...names}
              />
            </li>
          ))}
        </ol>
      )}
      {refusedVerdicts.length > 0 && (
        <section class="refused">
          <h3>{verdictText.refused(refusedVerdicts.length)}</h3>
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

/** `position`: among those that the visitor sees. Ranks count the refused ones too. */
type SelectedVerdictProps = VerdictProps & Pick<Props, 'outcome'> & { programs: Names; position: number }

function SelectedVerdict({ verdict, position, outcome, programs, ...names }: SelectedVerdictProps) {
  const { exclusive, priceCents, programId } = verdict
  const details = [
    verdictText.position(position),
    exclusive && verdictText.exclusive,
    priceCents !== undefined && formatMoney(priceCents),
    programId !== undefined && verdictText.program(formatName(programs, programId)),
  ].filter(Boolean)
  return (
    <>
      <SchoolAndCampaign verdict={verdict} {...names} /> <Badge kind="verdict" status="selected" />
      <p>{verdictText[outcome](details.join(', '))}</p>
    </>
  )
}

function RefusedVerdict({ verdict, ...names }: VerdictProps) {
  const { reason = '', detail, also = [], until, parked } = verdict
  const { description, fix } = explainReason(reason, detail)
  return (
    <>
      <SchoolAndCampaign verdict={verdict} {...names} />
      <p>
        {description}
        {until && (
          <>
            {' '}
            {verdictText.until} <Instant at={until} withZone />. {parked && verdictText.offeredAgain}
          </>
        )}
      </p>
      {also.length > 0 && (
        <p class="help">{verdictText.also(also.map((code) => explainReason(code).description).join(' '))}</p>
      )}
      <p class="help">{fix}</p>
    </>
  )
}

function SchoolAndCampaign({ verdict: { schoolId, campaignId }, schools, campaigns }: VerdictProps) {
  return (
    <>
      <strong>{schools.get(schoolId) ?? schoolId}</strong> <span class="help">{formatName(campaigns, campaignId)}</span>
    </>
  )
}
