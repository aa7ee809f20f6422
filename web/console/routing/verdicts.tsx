import './verdicts.css'
import type { Decision, Verdict } from '#shared/domain/routing/decision.ts'
import { Badge, Instant, money } from '../../app/components/words.tsx'
import type { Names } from '../catalog/names.tsx'
import { explainedReason } from './reason-mends.ts'

type Props = {
  decision: Pick<Decision, 'verdicts'>
  schools: Names
  campaigns: Names
  /** What being selected amounts to. */
  selected: string
}

/** Who gets the lead, and why not each of the others: in the order in which it was decided. */
export function Verdicts({ decision: { verdicts }, schools, campaigns, selected: said }: Props) {
  const taken = verdicts.filter(({ selected }) => selected)
  const refused = verdicts.filter(({ selected }) => !selected)
  const named = { schools, campaigns }
  return (
    <>
      {verdicts.length === 0 && (
        <p class="empty">No campaign was looked at: none promotes a program for this career and state.</p>
      )}
      {taken.length > 0 && (
        <ol class="verdicts">
          {taken.map((verdict) => (
            <li key={verdict.campaignId}>
              <Taken verdict={verdict} said={said} {...named} />
            </li>
          ))}
        </ol>
      )}
      {refused.length > 0 && (
        <section class="why-not">
          <h3>Why not {refused.length === 1 ? 'this school' : 'these schools'}?</h3>
          <ul class="verdicts">
            {refused.map((verdict) => (
              <li key={verdict.campaignId}>
                <Refused verdict={verdict} {...named} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

type One = { verdict: Verdict; schools: Names; campaigns: Names }

function Taken({ verdict, said, ...named }: One & { said: string }) {
  const { rank, exclusive, priceCents, programId } = verdict
  const told = [
    rank !== undefined && `place ${rank}`,
    exclusive && 'alone',
    priceCents !== undefined && money(priceCents),
    programId !== undefined && `for ${programId}`,
  ].filter(Boolean)
  return (
    <>
      <Who verdict={verdict} {...named} /> <Badge word="selected" />
      <p>
        {said}
        {told.length > 0 ? `: ${told.join(', ')}` : ''}.
      </p>
    </>
  )
}

function Refused({ verdict, ...named }: One) {
  const { reason = '', detail, until, parked } = verdict
  const { says, mend } = explainedReason(reason, detail)
  return (
    <>
      <Who verdict={verdict} {...named} /> <code>{reason}</code>
      <p>
        {says}
        {until && (
          <>
            {' '}
            Until <Instant at={until} />
            {parked ? ', when the lead is offered to it again.' : '.'}
          </>
        )}
      </p>
      <p class="help">{mend}</p>
    </>
  )
}

function Who({ verdict: { schoolId, campaignId }, schools, campaigns }: One) {
  return (
    <>
      <strong>{schools.get(schoolId) ?? schoolId}</strong>{' '}
      <span class="help">{campaigns.get(campaignId) ?? campaignId}</span>
    </>
  )
}
