import { importSchoolWithdrawals } from '#shared/contract/aftercare/suppressions.ts'
import { useApi } from '../../app/browser-client.tsx'
import { CsvImport } from '../../app/components/csv-import/csv-import.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { ReadOnlyNotice, useOwnSchool } from '../own-school.tsx'
import { optOutText } from '../text/opt-outs.ts'

/** Uploads the people who asked the school to stop. */
export function OptOuts() {
  const { call } = useApi()
  const [school, reload] = useOwnSchool()
  return (
    <>
      <h1>{optOutText.pageTitle}</h1>
      <p>{optOutText.intro}</p>
      <p>{optOutText.oneLead}</p>
      <LoadBoundary data={school} reload={reload}>
        {(ownSchool) =>
          ownSchool.scope === 'manage' ? (
            <section class="card" aria-labelledby="upload">
              <h2 id="upload">{optOutText.upload}</h2>
              <CsvImport sendPart={(csv) => call(importSchoolWithdrawals, { body: { csv } })} />
            </section>
          ) : (
            <ReadOnlyNotice school={ownSchool} />
          )
        }
      </LoadBoundary>
    </>
  )
}
