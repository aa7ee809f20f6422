import { Action } from '../../app/action.tsx'
import type { SchoolCampaign } from '../own-school.tsx'
import { standing } from './campaign-cards.tsx'
import { useChange } from './use-change.ts'

type Props = { campaign: SchoolCampaign; mayManage: boolean; again: () => void }

/** Whether leads come, and a switch. */
export function CampaignState({ campaign, mayManage, again }: Props) {
  const change = useChange(campaign, again)
  const isActive = campaign.status === 'active'
  return (
    <section class="card" aria-labelledby="state">
      <h2 id="state">Leads now</h2>
      <p aria-live="polite">{standing(campaign)}</p>
      {mayManage && (
        <Action
          kind="second"
          run={() => change({ status: isActive ? 'paused' : 'active' })}
          done={again}
          {...(isActive && { sure })}
        >
          {isActive ? 'Pause …' : 'Resume'}
        </Action>
      )}
    </section>
  )
}

const sure = {
  title: 'Pause this campaign?',
  text: <p>From that moment no new lead comes. What is on its way still arrives. You can resume at any time.</p>,
  yes: 'Pause it',
}
