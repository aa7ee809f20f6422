import '../portal.css'
import { Badge } from '../../app/components/badge.tsx'
import { CapGauge } from '../../app/components/cap-gauge.tsx'
import { formatInstant } from '../../app/format.ts'
import { Link } from '../../app/router.tsx'
import { getCampaignTitle, type SchoolCampaign } from '../own-school.tsx'
import { campaignText, capsText } from '../text.ts'

/** Each campaign with its status and the usage of its caps. */
export function CampaignCards({ campaigns }: { campaigns: readonly SchoolCampaign[] }) {
  if (campaigns.length === 0) return <p class="empty card">{campaignText.empty}</p>
  return (
    <ul class="cards campaigns">
      {campaigns.map((campaign) => (
        <li key={campaign.id} class="card">
          <div class="head">
            <h3>
              <Link to={`/campaigns/${encodeURIComponent(campaign.id)}`}>{getCampaignTitle(campaign)}</Link>
            </h3>
            <Badge kind="record" status={campaign.status} />
          </div>
          <p class="help">{describeCampaignState(campaign)}</p>
          <CapGauges campaign={campaign} />
        </li>
      ))}
    </ul>
  )
}

export function CapGauges({ campaign: { capUsage } }: { campaign: Pick<SchoolCampaign, 'capUsage'> }) {
  if (capUsage.length === 0) return <p>{campaignText.noCap}</p>
  return (
    <ul class="plain-list">
      {capUsage.map((cap, index) => (
        <li key={`${cap.period} ${cap.unit} ${index}`} class="gauge">
          <CapGauge cap={cap} />
          <span class="help">
            {cap.by === 'contract' ? capsText.byContract : capsText.bySchool}
            {!cap.counts && ` ${capsText.notCounting}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Whether the campaign is accepting leads now, in one sentence. */
export function describeCampaignState({ status, pausedBy, capUsage, open, hours }: SchoolCampaign): string {
  const { states } = campaignText
  if (status === 'paused') return states.paused(pausedBy.map(describePause).join(' '))
  if (capUsage.some(({ used, limit }) => used >= limit)) return states.capReached
  if (!open && hours) return states.outside[hours.outside]
  return states.active
}

function describePause({ by, at }: SchoolCampaign['pausedBy'][number]): string {
  const { pausedByYou, pausedByStaff } = campaignText.states
  return (by === 'school' ? pausedByYou : pausedByStaff)(formatInstant(at))
}
