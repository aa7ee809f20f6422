import { useState } from 'preact/hooks'
import { exportReturns } from '#shared/contract/aftercare/returns.ts'
import type { ReturnState } from '#shared/domain/aftercare/lead-return.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Note } from '../../app/components/note.tsx'
import { downloadFile } from '../../app/download-file.ts'
import { fetchCsvPages } from '../../app/fetch-csv-pages.ts'
import { consoleText } from '../text/console-text.ts'

/** Downloads the credit requests in one state as CSV. */
export function ReturnExport({ state }: { state: ReturnState }) {
  const { call } = useApi()
  const [isDownloaded, setDownloaded] = useState(false)
  return (
    <>
      <Action
        kind="second"
        run={async () => {
          setDownloaded(false)
          const fetchPage = (cursor: { cursor?: string }) => call(exportReturns, { query: { state, ...cursor } })
          const { problem, text } = await fetchCsvPages(fetchPage, () => undefined)
          if (text === undefined) return { problem }
          downloadFile(text, `returns-${state}.csv`)
          setDownloaded(true)
          return {}
        }}
      >
        {consoleText.downloadCsv}
      </Action>
      {isDownloaded && <Note kind="good">{consoleText.downloaded}</Note>}
    </>
  )
}
