import { text } from 'node:stream/consumers'
import { readTextFile } from './read-text-file.ts'
import { stop } from './stop.ts'

/** Returns an ISO instant. Exits with code 2 if the input is not a date. @param option name for the message */
export function parseInstant(input: string, option: string): string {
  const at = new Date(input)
  if (Number.isNaN(at.getTime()))
    stop({
      title: `${option} must be a date or time, such as 2026-11-01 or 2026-11-01T08:00:00Z, not ${input}.`,
      ends: 'usage',
    })
  return at.toISOString()
}

/** Returns the given ends of a time window, as ISO instants. */
export function parseWindow({ from, to }: { from?: string; to?: string }) {
  return {
    ...(from !== undefined && { from: parseInstant(from, '--from') }),
    ...(to !== undefined && { to: parseInstant(to, '--to') }),
  }
}

/** Returns the cents of an amount in dollars. Exits with code 2 if it is none. */
export function parseDollars(input: string): number {
  const [, sign, dollars = '', cents = ''] = /^(-?)\$?(\d{1,8})(?:\.(\d{2}))?$/.exec(input.replaceAll(',', '')) ?? []
  if (sign === undefined)
    return stop({ title: `The amount must be in dollars, such as 250 or 249.50, not ${input}.`, ends: 'usage' })
  return Number(`${sign}${dollars}${cents.padEnd(2, '0')}`)
}

/** Parses a JSON file, or standard input if its name is `-`. */
export async function readJson(file: string) {
  const json = await readTextFile(file, { isCsv: false })
  try {
    return JSON.parse(json)
  } catch {
    // The parser's message quotes its input, which may contain a secret.
    return stop({ title: `${file} is not valid JSON.`, ends: 'usage' })
  }
}

/** Returns the value, or standard input if it is `-`, which keeps it out of `ps` output and shell history. */
export async function readValueOrStdin(value: string): Promise<string> {
  return value === '-' ? (await text(process.stdin)).trim() : value
}
