import { readOwnSchool } from '#shared/contract/school-campaigns.ts'
import { useLoaded } from '../app/api.tsx'
import { Ready } from '../app/note.tsx'
import { CampaignCard } from './campaign-card.tsx'

/** All that a school buys. */
export function Campaigns() {
  const [school, again] = useLoaded(readOwnSchool, {})
  return (
    <>
      <h1>Campaigns</h1>
      <p>What you buy: for which programs, how many leads, and where they go.</p>
      <Ready of={school} again={again}>
        {({ campaigns }) => (
          <div class="cards">
            {campaigns.length === 0 && <p class="empty">There is no campaign for you yet.</p>}
            {campaigns.map((campaign) => (
              <CampaignCard key={campaign.id} campaign={campaign} heading="h2" />
            ))}
          </div>
        )}
      </Ready>
    </>
  )
}
