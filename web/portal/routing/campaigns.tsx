import { Ready } from '../../app/components/note.tsx'
import { ReadOnly, useOwnSchool } from '../own-school.tsx'
import { CampaignCards } from './campaign-cards.tsx'

/** What the school buys. */
export function Campaigns() {
  const [school, again] = useOwnSchool()
  return (
    <>
      <h1>Campaigns</h1>
      <p>Open a campaign to pause it, to change its caps, or to try whether a lead arrives.</p>
      <Ready of={school} again={again}>
        {(told) => (
          <>
            <ReadOnly school={told} />
            <h2 class="trap">All of them</h2>
            <CampaignCards of={told.campaigns} />
          </>
        )}
      </Ready>
    </>
  )
}
