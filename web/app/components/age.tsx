import { appText } from '../text/app-text.ts'

/** How long ago something was, such as `26 min ago`; hovering shows the time. Above a week it is a date. */
export function Age({ at }: { at: string }) {
  const date = new Date(at)
  return (
    <time dateTime={at} title={fullFormat.format(date)}>
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
  return dayFormat.format(date)
}

const dayFormat = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', year: 'numeric' })
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' })
