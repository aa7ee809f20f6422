import type { Hours } from '#shared/domain/routing/campaign.ts'
import { DetailList } from '../../app/components/timeline.tsx'
import { formatMoney, formatZoneName } from '../../app/format.ts'
import { getEndpointAddress, type SchoolCampaign } from '../own-school.tsx'
import { campaignText } from '../text/campaigns.ts'

/** The terms that were agreed with the lead provider. */
export function CampaignTerms({ campaign, timeZone }: { campaign: SchoolCampaign; timeZone: string }) {
  const { programs, priceCents, endpoint, testEndpoint, hours, returns } = campaign
  return (
    <section class="card" aria-labelledby="terms">
      <h2 id="terms">{campaignText.terms}</h2>
      <DetailList
        items={[
          [campaignText.programs, programs.map(({ name }) => name).join(', ')],
          [campaignText.price, campaignText.pricePerLead(formatMoney(priceCents))],
          [campaignText.endpoint, <EndpointAddress key="endpoint" endpoint={endpoint} />],
          [campaignText.testEndpoint, testEndpoint && <EndpointAddress key="test" endpoint={testEndpoint} />],
          [campaignText.hours, hours && <OpeningHours key="hours" hours={hours} />],
          [campaignText.timeZone, formatZoneName(hours?.timeZone ?? timeZone)],
          [campaignText.returns, returns.days === 0 ? campaignText.noReturns : campaignText.returnDays(returns.days)],
        ]}
      />
      <p class="help">{campaignText.termsHelp}</p>
    </section>
  )
}

function OpeningHours({ hours: { open } }: { hours: Hours }) {
  return (
    <>
      {open.map(({ days, from, to }) => (
        <p key={`${days.join()} ${from}`}>
          {campaignText.timeRange(days.map(formatWeekday).join(', '), formatTime(from), formatTime(to))}
        </p>
      ))}
    </>
  )
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const weekdayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone: 'UTC' })
const timeFormat = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' })

function formatWeekday(weekday: string): string {
  // 2026-11-01 is a Sunday.
  return weekdayFormat.format(new Date(Date.UTC(2026, 10, 1 + weekdays.indexOf(weekday))))
}

/** @param time such as `17:30` */
function formatTime(time: string): string {
  const [hours, minutes] = time.split(':').map(Number)
  return timeFormat.format(new Date(Date.UTC(2026, 10, 1, hours, minutes)))
}

function EndpointAddress({ endpoint }: { endpoint: SchoolCampaign['endpoint'] }) {
  return <span class="id">{getEndpointAddress(endpoint)}</span>
}
