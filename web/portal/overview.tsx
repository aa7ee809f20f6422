import { listSchoolLeads } from '#shared/contract/school.ts'
import { useLoaded } from '../app/api.tsx'
import { Note, Ready } from '../app/components/note.tsx'
import { Table } from '../app/components/table.tsx'
import { Link } from '../app/place.tsx'
import { Attention } from './attention.tsx'
import { leadColumns } from './capture/lead-columns.tsx'
import { ReadOnly, useOwnSchool } from './own-school.tsx'
import { CampaignCards } from './routing/campaign-cards.tsx'

const looked = 100
const shown = 6

/** Where a school begins: what asks for somebody, the newest leads, and what it buys. */
export function Overview() {
  const [school, again] = useOwnSchool()
  const [newest, againLeads] = useLoaded(listSchoolLeads, { query: { order: 'newest', limit: looked } })
  const refresh = () => {
    again()
    againLeads()
  }
  return (
    <Ready of={school} again={again}>
      {(told) => (
        <>
          <div class="head">
            <h1>{told.name}</h1>
            <button type="button" class="plain" onClick={refresh}>
              Refresh
            </button>
          </div>
          <ReadOnly school={told} />
          {told.status === 'paused' && (
            <Note kind="bad">
              <strong>Your whole school is paused.</strong> No new lead comes. Ask whoever sends you leads to resume it.
            </Note>
          )}
          <Ready of={newest} again={againLeads}>
            {({ leads }) => (
              <>
                <Attention leads={leads} campaigns={told.campaigns} />
                <section class="card" aria-labelledby="newest">
                  <div class="head">
                    <h2 id="newest">Newest leads</h2>
                    <Link to="/leads">All leads</Link>
                  </div>
                  <Table
                    caption="The newest leads"
                    columns={leadColumns(new URLSearchParams())}
                    rows={leads.slice(0, shown)}
                    keyOf={({ deliveryId }) => deliveryId}
                    empty="No lead has come yet. To see how one arrives, open a campaign below and send yourself a test lead."
                  />
                </section>
              </>
            )}
          </Ready>
          <section aria-labelledby="campaigns" class="part">
            <h2 id="campaigns">Campaigns</h2>
            <CampaignCards of={told.campaigns} />
          </section>
        </>
      )}
    </Ready>
  )
}
