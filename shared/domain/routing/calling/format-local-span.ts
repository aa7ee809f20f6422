/** Formats a span of hours by the clock of a place, such as `Mon, Nov 23, 9:00 AM – 9:00 PM CST`. */
export function formatLocalSpan(
  { opensAt, closesAt }: { opensAt: string; closesAt: string },
  timeZone: string,
): string {
  const format = new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  })
  return format.formatRange(new Date(opensAt), new Date(closesAt)).replace(/[\u2009\u202F]/g, ' ')
}
