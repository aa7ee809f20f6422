import { listSchoolLeads } from '#shared/contract/school.ts'
import { readOwnSchool } from '#shared/contract/school-campaigns.ts'
import { useLoaded } from '../app/api.tsx'
import { Note, Ready } from '../app/note.tsx'
import { Link } from '../app/place.tsx'
import { Table } from '../app/table.tsx'
import { CampaignCard } from './campaign-card.tsx'
import { leadColumns, type SchoolLead } from './lead-columns.tsx'

const looksAt = 50
const shows = 8

/** Whether all is well, and what came last. */
export function Overview() {
  const [school, again] = useLoaded(readOwnSchool, {})
  const [newest, lookAgain] = useLoaded(listSchoolLeads, { query: { order: 'newest', limit: looksAt } })
  return (
    <Ready of={school} again={again}>
      {({ name, status, campaigns }) => (
        <>
          <h1>{name}</h1>
          {status === 'paused' && (
            <Note kind="bad">
              Your school is paused: no lead comes for any campaign. Who runs Prospectus can resume it.
            </Note>
          )}
          <Ready of={newest} again={lookAgain}>
            {({ leads }) => (
              <>
                <Undelivered leads={leads} />
                <section class="card" aria-labelledby="newest">
                  <div class="head">
                    <h2 id="newest">Newest leads</h2>
                    <Link to="/leads">All leads</Link>
                  </div>
                  <Table
                    caption="The newest leads"
                    columns={leadColumns}
                    rows={leads.slice(0, shows)}
                    keyOf={({ deliveryId }) => deliveryId}
                    empty="No lead has come yet. To see what one looks like, open a campaign and send yourself a test lead."
                  />
                </section>
              </>
            )}
          </Ready>
          <h2>What you buy</h2>
          {campaigns.length === 0 && <p class="empty">There is no campaign for you yet.</p>}
          <div class="cards">
            {campaigns.map((campaign) => (
              <CampaignCard key={campaign.id} campaign={campaign} heading="h3" />
            ))}
          </div>
        </>
      )}
    </Ready>
  )
}

/** Leads that your own system has not taken: here they are all the same. */
function Undelivered({ leads }: { leads: readonly SchoolLead[] }) {
  const waiting = leads.filter(({ state }) => state === 'dead' || state === 'parked')
  if (waiting.length === 0) return null
  return (
    <Note kind="bad">
      <strong>
        {waiting.length} of your latest {leads.length} leads did not reach your system.
      </strong>{' '}
      None is lost: <Link to="/leads">they are here</Link>. Each says what went wrong, and can be sent again.
    </Note>
  )
}
