import '../portal.css'
import { Badge } from '../../app/components/badge.tsx'
import { CapGauge } from '../../app/components/cap-gauge.tsx'
import { formatInstant } from '../../app/format.ts'
import { Link } from '../../app/router.tsx'
import { getCampaignTitle, type OwnSchool, type SchoolCampaign } from '../own-school.tsx'
import { campaignText, capsText } from '../text/campaigns.ts'

/** Each campaign with its status and the usage of its caps. */
export function CampaignCards({ school }: { school: OwnSchool }) {
  const { campaigns } = school
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
          <p class="help">{describeCampaignState(campaign, school)}</p>
          <CapGauges campaign={campaign} school={school} />
        </li>
      ))}
    </ul>
  )
}

type CapGaugesProps = { campaign: Pick<SchoolCampaign, 'capUsage'>; school: SchoolState }

export function CapGauges({ campaign: { capUsage }, school }: CapGaugesProps) {
  if (capUsage.length === 0) {
    const isLimited = school.credit !== undefined || school.capUsage.length > 0
    return <p>{isLimited ? campaignText.noOwnCap : campaignText.noCap}</p>
  }
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

type SchoolState = Pick<OwnSchool, 'status' | 'credit' | 'capUsage'>

/** Whether the campaign is accepting leads now, in one sentence. The school's own state and limits come first. */
export function describeCampaignState(campaign: SchoolCampaign, school: SchoolState): string {
  const { status, pausedBy, capUsage, open, hours, priceCents } = campaign
  const { states } = campaignText
  if (school.status === 'paused') return states.schoolPaused
  if (status === 'paused') return states.paused(pausedBy.map(describePause).join(' '))
  if (school.credit && school.credit.leftCents < priceCents) return states.creditUsedUp
  if (school.capUsage.some(({ used, limit }) => used >= limit)) return states.schoolCapReached
  if (capUsage.some(({ used, limit }) => used >= limit)) return states.capReached
  if (!open && hours) return states.outside[hours.outside]
  return states.active
}

function describePause({ by, at }: SchoolCampaign['pausedBy'][number]): string {
  const { pausedByYou, pausedByStaff } = campaignText.states
  return (by === 'school' ? pausedByYou : pausedByStaff)(formatInstant(at))
}
