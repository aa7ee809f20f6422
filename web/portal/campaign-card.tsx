import './campaign.css'
import type * as z from 'zod'
import type { readSchoolCampaign } from '#shared/contract/school-campaigns.ts'
import { CapGauge } from '../app/cap-gauge.tsx'
import { Link } from '../app/place.tsx'
import { Badge } from '../app/words.tsx'

export type SchoolCampaign = z.output<(typeof readSchoolCampaign.responses)[200]['body']>

/** A campaign at a glance. @param Heading as deep as the page around it asks for */
export function CampaignCard({ campaign, heading: Heading }: { campaign: SchoolCampaign; heading: 'h2' | 'h3' }) {
  const { id, status, open } = campaign
  return (
    <section class="card">
      <div class="head">
        <Heading>
          <Link to={`/campaigns/${encodeURIComponent(id)}`}>{calledOf(campaign)}</Link>
        </Heading>
        <Badge word={status} />
      </div>
      {status === 'active' && !open && <p>Outside its hours now.</p>}
      <Gauges campaign={campaign} />
    </section>
  )
}

/** How full each cap is. */
export function Gauges({ campaign }: { campaign: SchoolCampaign }) {
  const { standings } = campaign
  if (standings.length === 0) return <p class="help">No cap: every lead that fits comes to you.</p>
  return (
    <ul class="standings">
      {standings.map((cap) => (
        <li key={`${cap.period} ${cap.unit} ${cap.limit}`}>
          <CapGauge cap={cap} label="" />
        </li>
      ))}
    </ul>
  )
}

export function calledOf({ name, id }: Pick<SchoolCampaign, 'name' | 'id'>): string {
  return name ?? id
}
