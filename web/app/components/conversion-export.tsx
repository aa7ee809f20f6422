import { useState } from 'preact/hooks'
import { conversionEvent } from '#shared/domain/reporting/conversions.ts'
import { shiftDay } from '#shared/domain/time.ts'
import { Action } from '../action.tsx'
import { downloadFile } from '../download-file.ts'
import { type CsvResponse, fetchCsvPages } from '../fetch-csv-pages.ts'
import { conversionText as text } from '../text/conversion-text.ts'
import { dispositionLabels } from '../text/lead-labels.ts'
import { Field, Select } from './field.tsx'
import { Note } from './note.tsx'

export type ConversionQuery = {
  platform: 'google' | 'meta'
  event: (typeof events)[number]
  since: string
  cursor?: string
}
type Props = { fetchPage: (query: ConversionQuery) => Promise<CsvResponse> }

const events = conversionEvent.options.flatMap((one) => one.options)
const daysBefore = 30

/** Downloads conversions for Google Ads or Meta. */
export function ConversionExport({ fetchPage }: Props) {
  const [platform, setPlatform] = useState<'google' | 'meta'>('google')
  const [event, setEvent] = useState<ConversionQuery['event']>('delivered')
  const [since, setSince] = useState(shiftDay(new Date().toISOString().slice(0, 10), -daysBefore))
  const [isDownloaded, setDownloaded] = useState(false)
  return (
    <section class="card" aria-labelledby="conversions">
      <h2 id="conversions">{text.title}</h2>
      <p class="help">{text.help}</p>
      <Select
        label={text.platform}
        choices={[
          { value: 'google', label: text.google },
          { value: 'meta', label: text.meta },
        ]}
        value={platform}
        onChange={({ currentTarget }) => setPlatform(currentTarget.value === 'meta' ? 'meta' : 'google')}
      />
      <Select
        label={text.event}
        choices={events.map((value) => ({ value, label: formatEvent(value) }))}
        value={event}
        onChange={({ currentTarget }) => setEvent(conversionEvent.parse(currentTarget.value))}
      />
      <Field
        label={text.since}
        type="date"
        value={since}
        onChange={({ currentTarget }) => currentTarget.value !== '' && setSince(currentTarget.value)}
      />
      <Action
        kind="second"
        run={async () => {
          setDownloaded(false)
          const result = await fetchCsvPages(
            (cursor) => fetchPage({ platform, event, since, ...cursor }),
            () => undefined,
          )
          if (result.text === undefined) return { problem: result.problem }
          downloadFile(result.text, `conversions-${platform}-${event}.csv`)
          setDownloaded(true)
          return {}
        }}
      >
        {text.download}
      </Action>
      {isDownloaded && <Note kind="good">{text.downloaded}</Note>}
    </section>
  )
}

function formatEvent(event: ConversionQuery['event']): string {
  if (event === 'accepted' || event === 'delivered') return text.events[event]
  return dispositionLabels[event].label
}
