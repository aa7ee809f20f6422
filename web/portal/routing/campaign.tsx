import '../portal.css'
import { Ready } from '../../app/components/note.tsx'
import { Badge } from '../../app/components/words.tsx'
import { Link } from '../../app/place.tsx'
import { RotateSecret } from '../delivery/rotate-secret.tsx'
import { TestLead } from '../delivery/test-lead.tsx'
import { ReadOnly, type School, titleOf, useOwnSchool } from '../own-school.tsx'
import { CampaignState } from './campaign-state.tsx'
import { CampaignTerms } from './campaign-terms.tsx'
import { CapsEditor } from './caps-editor.tsx'

/** One campaign, and all that a school may do with it. */
export function Campaign({ id }: { id: string }) {
  const [school, again] = useOwnSchool()
  return (
    <>
      <p>
        <Link to="/campaigns">All campaigns</Link>
      </p>
      <Ready of={school} again={again}>
        {(told) => <Told id={id} school={told} again={again} />}
      </Ready>
    </>
  )
}

function Told({ id, school, again }: { id: string; school: School; again: () => void }) {
  const campaign = school.campaigns.find((one) => one.id === id)
  if (!campaign)
    return (
      <>
        <h1>There is no such campaign</h1>
        <p>It may have been taken away. Look at the campaigns that you have.</p>
      </>
    )
  const mayManage = school.scope === 'manage'
  return (
    <>
      <div class="head">
        <h1>{titleOf(campaign)}</h1>
        <Badge word={campaign.status} />
      </div>
      <ReadOnly school={school} />
      <div class="two">
        <div class="column">
          <CampaignState campaign={campaign} mayManage={mayManage} again={again} />
          <CapsEditor campaign={campaign} mayManage={mayManage} again={again} />
        </div>
        <div class="column">
          {mayManage && <TestLead campaign={campaign} />}
          <CampaignTerms campaign={campaign} timeZone={school.timeZone} />
          {mayManage && campaign.endpoint.kind === 'webhook' && <RotateSecret campaignId={id} />}
        </div>
      </div>
    </>
  )
}
