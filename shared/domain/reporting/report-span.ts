/** Days (UTC), both of them within. */
export type Span = { from: string; to: string }

export const mostDays = 92
const daysUnlessSaid = 7

type Found = { span: Span } | { field: 'from' | 'to'; code: 'after_to' | 'too_long'; detail: string }

/** Which days a report is asked for: the last seven unless said. */
export function reportSpan({ from, to }: { from?: string | undefined; to?: string | undefined }, today: string): Found {
  const last = to ?? today
  const first = from ?? daysBefore(last, daysUnlessSaid - 1)
  if (first > last)
    return { field: 'from', code: 'after_to', detail: `must not be later than \`to\`, which is ${last}` }
  if (first < daysBefore(last, mostDays - 1))
    return {
      field: 'from',
      code: 'too_long',
      detail: `must not be earlier than ${daysBefore(last, mostDays - 1)}: a report holds ${mostDays} days at most`,
    }
  return { span: { from: first, to: last } }
}

export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10)
}

export function daysOf({ from, to }: Span): string[] {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
  return Array.from({ length: days }, (_, at) => daysBefore(to, days - 1 - at))
}
