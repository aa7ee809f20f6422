import { LoadBoundary } from '../../app/components/note.tsx'
import { ReadOnlyNotice, useOwnSchool } from '../own-school.tsx'
import { CampaignCards } from './campaign-cards.tsx'

/** What the school buys. */
export function Campaigns() {
  const [school, reload] = useOwnSchool()
  return (
    <>
      <h1>Campaigns</h1>
      <p>Open a campaign to pause it, to change its caps, or to try whether a lead arrives.</p>
      <LoadBoundary data={school} reload={reload}>
        {(body) => (
          <>
            <ReadOnlyNotice school={body} />
            <h2 class="visually-hidden">All of them</h2>
            <CampaignCards campaigns={body.campaigns} />
          </>
        )}
      </LoadBoundary>
    </>
  )
}
