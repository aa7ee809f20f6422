import { formatInstant } from '../format.ts'
import { getFormat } from '../time-zone.ts'

/** An instant in the reader's own format and the zone of the app; hovering shows seconds and the zone. */
export function Instant({ at, withZone = false }: { at: string | undefined; withZone?: boolean }) {
  if (!at) return <>–</>
  const date = new Date(at)
  return (
    <time dateTime={at} title={`${getFormat(undefined, fullStyle).format(date)} (${at})`}>
      {withZone ? formatInstant(at) : getFormat(undefined, dateTimeStyle).format(date)}
    </time>
  )
}

const dateTimeStyle = { dateStyle: 'medium', timeStyle: 'short' } as const
const fullStyle = { dateStyle: 'full', timeStyle: 'long' } as const
