/** Days (UTC), both of them within. */
export type ReportSpan = { from: string; to: string }

export const maxDays = 92
const defaultDays = 7

type ReportSpanResult = { span: ReportSpan } | { field: 'from' | 'to'; code: 'after_to' | 'too_long'; detail: string }

/** Which days a report is asked for: the last seven unless said. */
export function parseReportSpan(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  today: string,
): ReportSpanResult {
  const last = to ?? today
  const first = from ?? subtractDays(last, defaultDays - 1)
  if (first > last)
    return { field: 'from', code: 'after_to', detail: `must not be later than \`to\`, which is ${last}` }
  if (first < subtractDays(last, maxDays - 1))
    return {
      field: 'from',
      code: 'too_long',
      detail: `must not be earlier than ${subtractDays(last, maxDays - 1)}: a report holds ${maxDays} days at most`,
    }
  return { span: { from: first, to: last } }
}

export function subtractDays(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10)
}

export function listDays({ from, to }: ReportSpan): string[] {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
  return Array.from({ length: days }, (_, at) => subtractDays(to, days - 1 - at))
}
