import type { Log, LogEvents } from '#shared/platform/log.ts'

/** Writes one line per event: JSON for machines, a short form for people. */
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
  // Uneventful sweeps and reconciliations are not printed.
  if ('due' in fields && fields.due === 0) return undefined
  if ('drift' in fields && fields.drift === 0) return undefined
  return [event, ...Object.entries(fields).map(([name, value]) => `${name}=${value}`)].join(' ')
}
