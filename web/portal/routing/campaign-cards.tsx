import '../portal.css'
import { CapGauge } from '../../app/components/cap-gauge.tsx'
import { Badge } from '../../app/components/words.tsx'
import { Link } from '../../app/place.tsx'
import { type SchoolCampaign, titleOf } from '../own-school.tsx'

/** Each campaign at a glance: whether it runs, and how full its caps are. */
export function CampaignCards({ of: campaigns }: { of: readonly SchoolCampaign[] }) {
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
              <Link to={`/campaigns/${encodeURIComponent(campaign.id)}`}>{titleOf(campaign)}</Link>
            </h3>
            <Badge word={campaign.status} />
          </div>
          <p class="help">{standing(campaign)}</p>
          <Gauges of={campaign} />
        </li>
      ))}
    </ul>
  )
}

/** How full each cap is. */
export function Gauges({ of: { standings } }: { of: Pick<SchoolCampaign, 'standings'> }) {
  if (standings.length === 0) return <p>No cap: it takes as many leads as there are.</p>
  return (
    <ul class="plain-list">
      {standings.map((cap, at) => (
        <li key={`${cap.period} ${cap.unit} ${at}`} class="gauge">
          <CapGauge cap={cap} label="" />
        </li>
      ))}
    </ul>
  )
}

/** Whether leads come now, in a sentence. */
export function standing({ status, standings, open, hours }: SchoolCampaign): string {
  if (status === 'paused') return 'Paused: no new lead comes until somebody resumes it.'
  if (standings.some(({ used, limit }) => used >= limit)) return 'A cap is full: no new lead comes for now.'
  if (!open && hours) return outside[hours.outside]
  return 'Leads come as visitors ask for you.'
}

const outside = {
  deliver: 'It is outside your hours; leads come all the same.',
  park: 'It is outside your hours: leads wait, and come when you open.',
  skip: 'It is outside your hours: no lead comes until you open.',
} as const satisfies { [what in NonNullable<SchoolCampaign['hours']>['outside']]: string }
