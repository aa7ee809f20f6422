import '../portal.css'
import { Badge } from '../../app/components/badge.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { Link } from '../../app/router.tsx'
import { RotateSecret } from '../delivery/rotate-secret.tsx'
import { TestLead } from '../delivery/test-lead.tsx'
import { getCampaignTitle, type OwnSchool, ReadOnlyNotice, useOwnSchool } from '../own-school.tsx'
import { campaignText } from '../text/campaigns.ts'
import { CampaignState } from './campaign-state.tsx'
import { CampaignTerms } from './campaign-terms.tsx'
import { CapsEditor } from './caps-editor.tsx'

/** One campaign, with everything that a school can change or try. */
export function Campaign({ id }: { id: string }) {
  const [school, reload] = useOwnSchool()
  return (
    <>
      <p>
        <Link to="/campaigns">{campaignText.all}</Link>
      </p>
      <LoadBoundary data={school} reload={reload}>
        {(body) => <CampaignDetails id={id} school={body} reload={reload} />}
      </LoadBoundary>
    </>
  )
}

function CampaignDetails({ id, school, reload }: { id: string; school: OwnSchool; reload: () => void }) {
  const campaign = school.campaigns.find((candidate) => candidate.id === id)
  if (!campaign)
    return (
      <>
        <h1>{campaignText.notFoundTitle}</h1>
        <p>{campaignText.notFound}</p>
      </>
    )
  const canManage = school.scope === 'manage'
  return (
    <>
      <div class="head">
        <h1>{getCampaignTitle(campaign)}</h1>
        <Badge kind="record" status={campaign.status} />
      </div>
      <ReadOnlyNotice school={school} />
      <div class="two-columns">
        <div class="column">
          <CampaignState campaign={campaign} school={school} canManage={canManage} reload={reload} />
          <CapsEditor campaign={campaign} school={school} canManage={canManage} reload={reload} />
        </div>
        <div class="column">
          {canManage && <TestLead campaign={campaign} />}
          <CampaignTerms campaign={campaign} timeZone={school.timeZone} />
          {canManage && campaign.endpoint.kind === 'webhook' && <RotateSecret campaignId={id} />}
        </div>
      </div>
    </>
  )
}
