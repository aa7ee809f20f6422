import { listSchoolLeads } from '#shared/contract/delivery/school-leads.ts'
import { useApiData } from '../app/browser-client.tsx'
import { LoadBoundary, Note } from '../app/components/note.tsx'
import { Table } from '../app/components/table.tsx'
import { Link } from '../app/router.tsx'
import { SignOutEverywhere } from './access/sign-out-everywhere.tsx'
import { Attention } from './attention.tsx'
import { createLeadColumns } from './capture/lead-columns.tsx'
import { ReadOnlyNotice, useOwnSchool } from './own-school.tsx'
import { CampaignCards } from './routing/campaign-cards.tsx'
import { SchoolLimits } from './routing/school-limits.tsx'
import { overviewText } from './text/general.ts'

const attentionLimit = 100
const shownCount = 6

/** The start page of a school: what needs attention, the newest leads and the campaigns. */
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
              {overviewText.refresh}
            </button>
          </div>
          <ReadOnlyNotice school={body} />
          {body.status === 'paused' && (
            <Note kind="bad">
              <strong>{overviewText.schoolPausedTitle}</strong> {overviewText.schoolPaused}
            </Note>
          )}
          <LoadBoundary data={newest} reload={reloadLeads}>
            {({ leads }) => (
              <>
                <Attention leads={leads} school={body} />
                <section class="card" aria-labelledby="newest">
                  <div class="head">
                    <h2 id="newest">{overviewText.newest}</h2>
                    <Link to="/leads">{overviewText.allLeads}</Link>
                  </div>
                  <Table
                    caption={overviewText.newestCaption}
                    columns={createLeadColumns({ list: new URLSearchParams() })}
                    rows={leads.slice(0, shownCount)}
                    getRowKey={({ deliveryId }) => deliveryId}
                    emptyMessage={overviewText.noLeads}
                  />
                </section>
              </>
            )}
          </LoadBoundary>
          <section aria-labelledby="campaigns" class="stack">
            <h2 id="campaigns">{overviewText.campaigns}</h2>
            <SchoolLimits school={body} />
            <CampaignCards school={body} />
          </section>
          {body.scope !== 'read' && <SignOutEverywhere />}
        </>
      )}
    </LoadBoundary>
  )
}
