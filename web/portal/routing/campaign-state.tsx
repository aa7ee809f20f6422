import { Action } from '../../app/action.tsx'
import type { SchoolCampaign } from '../own-school.tsx'
import { describeCampaignState } from './campaign-cards.tsx'
import { useCampaignChange } from './use-campaign-change.ts'

type Props = { campaign: SchoolCampaign; canManage: boolean; reload: () => void }

/** Whether leads come, and a switch. */
export function CampaignState({ campaign, canManage, reload }: Props) {
  const change = useCampaignChange(campaign, reload)
  const isActive = campaign.status === 'active'
  return (
    <section class="card" aria-labelledby="state">
      <h2 id="state">Leads now</h2>
      <p aria-live="polite">{describeCampaignState(campaign)}</p>
      {canManage && (
        <Action
          kind="second"
          run={() => change({ status: isActive ? 'paused' : 'active' })}
          onDone={reload}
          {...(isActive && { confirmation: pauseConfirmation })}
        >
          {isActive ? 'Pause …' : 'Resume'}
        </Action>
      )}
    </section>
  )
}

const pauseConfirmation = {
  title: 'Pause this campaign?',
  text: <p>From that moment no new lead comes. What is on its way still arrives. You can resume at any time.</p>,
  confirmLabel: 'Pause it',
}
