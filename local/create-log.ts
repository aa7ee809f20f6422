import type { Log, LogEvents } from '#shared/platform/log.ts'

/** One line for each event: JSON for machines, short for people. */
export function createLog(format: 'json' | 'people', write: (line: string) => void, now: () => Date): Log {
  return (event, fields) => {
    const at = now().toISOString()
    if (format === 'json') return write(`${JSON.stringify({ at, event, ...fields })}\n`)
    const text = formatEvent(event, fields)
    if (text) write(`${at.slice(11, 19)} ${text}\n`)
  }
}

function formatEvent<Name extends keyof LogEvents>(event: Name, fields: LogEvents[Name]): string | undefined {
  if ('route' in fields && 'status' in fields) return `${fields.route} ${fields.status} in ${fields.ms} ms`
  // Most sweeps find nothing, and most days reconcile.
  if ('due' in fields && fields.due === 0) return undefined
  if ('drift' in fields && fields.drift === 0) return undefined
  return [event, ...Object.entries(fields).map(([name, value]) => `${name}=${value}`)].join(' ')
}
