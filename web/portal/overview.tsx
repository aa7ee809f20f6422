import { listSchoolLeads } from '#shared/contract/school.ts'
import { useApiData } from '../app/browser-client.tsx'
import { LoadBoundary, Note } from '../app/components/note.tsx'
import { Table } from '../app/components/table.tsx'
import { Link } from '../app/router.tsx'
import { Attention } from './attention.tsx'
import { createLeadColumns } from './capture/lead-columns.tsx'
import { ReadOnlyNotice, useOwnSchool } from './own-school.tsx'
import { CampaignCards } from './routing/campaign-cards.tsx'

const attentionLimit = 100
const shownCount = 6

/** Where a school begins: what asks for somebody, the newest leads, and what it buys. */
export function Overview() {
  const [school, reload] = useOwnSchool()
  const [newest, reloadLeads] = useApiData(listSchoolLeads, { query: { order: 'newest', limit: attentionLimit } })
  const refresh = () => {
    reload()
    reloadLeads()
  }
  return (
    <LoadBoundary data={school} reload={reload}>
      {(body) => (
        <>
          <div class="head">
            <h1>{body.name}</h1>
            <button type="button" class="plain" onClick={refresh}>
              Refresh
            </button>
          </div>
          <ReadOnlyNotice school={body} />
          {body.status === 'paused' && (
            <Note kind="bad">
              <strong>Your whole school is paused.</strong> No new lead comes. Ask whoever sends you leads to resume it.
            </Note>
          )}
          <LoadBoundary data={newest} reload={reloadLeads}>
            {({ leads }) => (
              <>
                <Attention leads={leads} campaigns={body.campaigns} />
                <section class="card" aria-labelledby="newest">
                  <div class="head">
                    <h2 id="newest">Newest leads</h2>
                    <Link to="/leads">All leads</Link>
                  </div>
                  <Table
                    caption="The newest leads"
                    columns={createLeadColumns(new URLSearchParams())}
                    rows={leads.slice(0, shownCount)}
                    getRowKey={({ deliveryId }) => deliveryId}
                    emptyMessage="No lead has come yet. To see how one arrives, open a campaign below and send yourself a test lead."
                  />
                </section>
              </>
            )}
          </LoadBoundary>
          <section aria-labelledby="campaigns" class="part">
            <h2 id="campaigns">Campaigns</h2>
            <CampaignCards campaigns={body.campaigns} />
          </section>
        </>
      )}
    </LoadBoundary>
  )
}
