import { LoadBoundary } from '../../app/components/note.tsx'
import { ReadOnlyNotice, useOwnSchool } from '../own-school.tsx'
import { campaignText } from '../text.ts'
import { CampaignCards } from './campaign-cards.tsx'

/** All campaigns of the school. */
export function Campaigns() {
  const [school, reload] = useOwnSchool()
  return (
    <>
      <h1>{campaignText.title}</h1>
      <p>{campaignText.intro}</p>
      <LoadBoundary data={school} reload={reload}>
        {(body) => (
          <>
            <ReadOnlyNotice school={body} />
            <h2 class="visually-hidden">{campaignText.list}</h2>
            <CampaignCards campaigns={body.campaigns} />
          </>
        )}
      </LoadBoundary>
    </>
  )
}
