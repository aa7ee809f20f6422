import { shiftDay } from '../time.ts'

/** Days (UTC), both inclusive. */
export type ReportSpan = { from: string; to: string }

/** A century: a bound on the work of one report, which reads each of its days. */
export const maxDays = 36_525
const defaultDays = 7

type ReportSpanResult = { span: ReportSpan } | { field: 'from' | 'to'; code: 'after_to' | 'too_long'; detail: string }

/** Returns the requested span, by default the last seven days, or the field that is wrong. */
export function parseReportSpan(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  today: string,
): ReportSpanResult {
  const last = to ?? today
  const first = from ?? shiftDay(last, 1 - defaultDays)
  if (first > last)
    return { field: 'from', code: 'after_to', detail: `must not be later than \`to\`, which is ${last}` }
  if (first < shiftDay(last, 1 - maxDays))
    return {
      field: 'from',
      code: 'too_long',
      detail: `must not be earlier than ${shiftDay(last, 1 - maxDays)}: a report has at most ${maxDays} days`,
    }
  return { span: { from: first, to: last } }
}
