import { changeSchoolCampaign } from '#shared/contract/routing/school-campaigns.ts'
import { Action } from '../../app/action.tsx'
import { Allowed } from '../../app/people/allowed.tsx'
import type { OwnSchool, SchoolCampaign } from '../own-school.tsx'
import { campaignText } from '../text/campaigns.ts'
import { describeCampaignState } from './campaign-cards.tsx'
import { useCampaignChange } from './use-campaign-change.ts'

type Props = { campaign: SchoolCampaign; school: OwnSchool; canManage: boolean; reload: () => void }

/** Whether the campaign is accepting leads, with a button to pause or resume it. */
export function CampaignState({ campaign, school, canManage, reload }: Props) {
  const change = useCampaignChange(campaign, reload)
  const isPausedBySchool = campaign.pausedBy.some(({ by }) => by === 'school')
  const isPausedByStaff = campaign.pausedBy.some(({ by }) => by === 'staff')
  return (
    <section class="card" aria-labelledby="state">
      <h2 id="state">{campaignText.status}</h2>
      <p aria-live="polite">{describeCampaignState(campaign, school)}</p>
      {canManage && isPausedByStaff && !isPausedBySchool && <p class="help">{campaignText.ownPauseHelp}</p>}
      {canManage && (
        <Allowed to={changeSchoolCampaign}>
          <Action
            kind="second"
            run={() => change({ status: isPausedBySchool ? 'active' : 'paused' })}
            onDone={reload}
            {...(!isPausedBySchool && { confirmation: pauseConfirmation })}
          >
            {isPausedBySchool ? (isPausedByStaff ? campaignText.resumeOwn : campaignText.resume) : campaignText.pause}
          </Action>
        </Allowed>
      )}
    </section>
  )
}

const pauseConfirmation = {
  title: campaignText.pauseTitle,
  text: campaignText.pauseHelp,
  confirmLabel: campaignText.pauseConfirm,
}
