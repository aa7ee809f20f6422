import '../portal.css'
import { CapGauge } from '../../app/components/cap-gauge.tsx'
import { Badge } from '../../app/components/format.tsx'
import { Link } from '../../app/router.tsx'
import { getCampaignTitle, type SchoolCampaign } from '../own-school.tsx'

/** Each campaign at a glance: whether it runs, and how full its caps are. */
export function CampaignCards({ campaigns }: { campaigns: readonly SchoolCampaign[] }) {
  if (campaigns.length === 0)
    return (
      <p class="empty card">
        Your school has no campaign yet, so no lead can come. A campaign says which programs you want leads for; whoever
        sends you leads sets it up with you.
      </p>
    )
  return (
    <ul class="cards campaigns">
      {campaigns.map((campaign) => (
        <li key={campaign.id} class="card">
          <div class="head">
            <h3>
              <Link to={`/campaigns/${encodeURIComponent(campaign.id)}`}>{getCampaignTitle(campaign)}</Link>
            </h3>
            <Badge text={campaign.status} />
          </div>
          <p class="help">{describeCampaignState(campaign)}</p>
          <Gauges campaign={campaign} />
        </li>
      ))}
    </ul>
  )
}

/** How full each cap is. */
export function Gauges({ campaign: { capUsage } }: { campaign: Pick<SchoolCampaign, 'capUsage'> }) {
  if (capUsage.length === 0) return <p>No cap: it takes as many leads as there are.</p>
  return (
    <ul class="plain-list">
      {capUsage.map((cap, index) => (
        <li key={`${cap.period} ${cap.unit} ${index}`} class="gauge">
          <CapGauge cap={cap} label="" />
        </li>
      ))}
    </ul>
  )
}

/** Whether leads come now, in a sentence. */
export function describeCampaignState({ status, capUsage, open, hours }: SchoolCampaign): string {
  if (status === 'paused') return 'Paused: no new lead comes until somebody resumes it.'
  if (capUsage.some(({ used, limit }) => used >= limit)) return 'A cap is full: no new lead comes for now.'
  if (!open && hours) return outsideHoursDescriptions[hours.outside]
  return 'Leads come as visitors ask for you.'
}

const outsideHoursDescriptions = {
  deliver: 'It is outside your hours; leads come all the same.',
  park: 'It is outside your hours: leads wait, and come when you open.',
  skip: 'It is outside your hours: no lead comes until you open.',
} as const satisfies { [what in NonNullable<SchoolCampaign['hours']>['outside']]: string }
