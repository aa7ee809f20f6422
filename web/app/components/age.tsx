import { appText } from '../text/app-text.ts'
import { getFormat } from '../time-zone.ts'

/** How long ago something was, such as `26 min ago`; hovering shows the time. Above a week it is a date. */
export function Age({ at }: { at: string }) {
  const date = new Date(at)
  return (
    <time dateTime={at} title={getFormat(undefined, fullStyle).format(date)}>
      {formatAge(Date.now() - date.getTime(), date)}
    </time>
  )
}

function formatAge(ms: number, date: Date): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return appText.justNow
  if (minutes < 60) return appText.ago(`${minutes} min`)
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return appText.ago(`${hours} hr`)
  const days = Math.floor(hours / 24)
  if (days < 7) return appText.ago(days === 1 ? '1 day' : `${days} days`)
  return getFormat(undefined, dayStyle).format(date)
}

const dayStyle = { month: 'short', day: 'numeric', year: 'numeric' } as const
const fullStyle = { dateStyle: 'full', timeStyle: 'long' } as const
