import { LoadBoundary } from '../../app/components/note.tsx'
import { ReadOnlyNotice, useOwnSchool } from '../own-school.tsx'
import { campaignText } from '../text/campaigns.ts'
import { CampaignCards } from './campaign-cards.tsx'
import { SchoolLimits } from './school-limits.tsx'

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
            <SchoolLimits school={body} />
            <CampaignCards school={body} />
          </>
        )}
      </LoadBoundary>
    </>
  )
}
