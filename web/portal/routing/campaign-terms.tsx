import type { Hours } from '#shared/domain/routing/campaign.ts'
import { formatMoney } from '../../app/components/format.tsx'
import { DetailList } from '../../app/components/timeline-entry.tsx'
import { getEndpointAddress, type SchoolCampaign } from '../own-school.tsx'

/** What was agreed with whoever sends the leads. */
export function CampaignTerms({ campaign, timeZone }: { campaign: SchoolCampaign; timeZone: string }) {
  const { programs, priceCents, endpoint, testEndpoint, hours, returns } = campaign
  return (
    <section class="card" aria-labelledby="terms">
      <h2 id="terms">What was agreed</h2>
      <DetailList
        items={[
          ['Programs', programs.map(({ name }) => name).join(', ')],
          ['Price', `${formatMoney(priceCents)} a lead`],
          ['Leads go to', <EndpointAddress key="place" endpoint={endpoint} />],
          ['Test leads go to', testEndpoint && <EndpointAddress key="test" endpoint={testEndpoint} />],
          ['Hours', hours && <OpeningHours key="hours" hours={hours} />],
          ['Time zone', hours?.timeZone ?? timeZone],
          ['Returns', returns.days === 0 ? 'None' : `Within ${returns.days} days after a lead has arrived`],
        ]}
      />
      <p class="help">To change any of this, ask whoever sends you leads.</p>
    </section>
  )
}

function OpeningHours({ hours: { open } }: { hours: Hours }) {
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

function EndpointAddress({ endpoint }: { endpoint: SchoolCampaign['endpoint'] }) {
  return <span class="id">{getEndpointAddress(endpoint)}</span>
}
