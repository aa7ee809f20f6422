import type { Hours } from '#shared/domain/routing/campaign.ts'
import { Facts } from '../../app/components/moment.tsx'
import { money } from '../../app/components/words.tsx'
import { placeOf, type SchoolCampaign } from '../own-school.tsx'

/** What was agreed with whoever sends the leads. */
export function CampaignTerms({ campaign, timeZone }: { campaign: SchoolCampaign; timeZone: string }) {
  const { programs, priceCents, endpoint, testEndpoint, hours, returns } = campaign
  return (
    <section class="card" aria-labelledby="terms">
      <h2 id="terms">What was agreed</h2>
      <Facts
        of={[
          ['Programs', programs.map(({ name }) => name).join(', ')],
          ['Price', `${money(priceCents)} a lead`],
          ['Leads go to', <Place key="place" of={endpoint} />],
          ['Test leads go to', testEndpoint && <Place key="test" of={testEndpoint} />],
          ['Hours', hours && <Opening key="hours" of={hours} />],
          ['Time zone', hours?.timeZone ?? timeZone],
          ['Returns', returns.days === 0 ? 'None' : `Within ${returns.days} days after a lead has arrived`],
        ]}
      />
      <p class="help">To change any of this, ask whoever sends you leads.</p>
    </section>
  )
}

function Opening({ of: { open } }: { of: Hours }) {
  return (
    <>
      {open.map(({ days, from, to }) => (
        <p key={`${days.join()} ${from}`}>
          {days.map((day) => day[0]?.toUpperCase() + day.slice(1, 3)).join(', ')} {from} to {to}
        </p>
      ))}
    </>
  )
}

function Place({ of: endpoint }: { of: SchoolCampaign['endpoint'] }) {
  return <span class="id">{placeOf(endpoint)}</span>
}
