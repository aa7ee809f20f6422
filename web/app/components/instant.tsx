import { formatInstant } from '../format.ts'

/** An instant in the reader's own format and time zone, with seconds; hovering shows the zone. */
export function Instant({ at, withZone = false }: { at: string | undefined; withZone?: boolean }) {
  if (!at) return <>–</>
  const date = new Date(at)
  return (
    <time dateTime={at} title={`${fullFormat.format(date)} (${at})`}>
      {withZone ? formatInstant(at) : dateTimeFormat.format(date)}
    </time>
  )
}

const dateTimeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' })
