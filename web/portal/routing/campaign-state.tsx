import { Action } from '../../app/action.tsx'
import type { SchoolCampaign } from '../own-school.tsx'
import { campaignText } from '../text.ts'
import { describeCampaignState } from './campaign-cards.tsx'
import { useCampaignChange } from './use-campaign-change.ts'

type Props = { campaign: SchoolCampaign; canManage: boolean; reload: () => void }

/** Whether the campaign is accepting leads, with a button to pause or resume it. */
export function CampaignState({ campaign, canManage, reload }: Props) {
  const change = useCampaignChange(campaign, reload)
  const isActive = campaign.status === 'active'
  return (
    <section class="card" aria-labelledby="state">
      <h2 id="state">{campaignText.status}</h2>
      <p aria-live="polite">{describeCampaignState(campaign)}</p>
      {canManage && (
        <Action
          kind="second"
          run={() => change({ status: isActive ? 'paused' : 'active' })}
          onDone={reload}
          {...(isActive && { confirmation: pauseConfirmation })}
        >
          {isActive ? campaignText.pause : campaignText.resume}
        </Action>
      )}
    </section>
  )
}

const pauseConfirmation = {
  title: campaignText.pauseTitle,
  text: campaignText.pauseHelp,
  confirmLabel: campaignText.pauseConfirm,
}
