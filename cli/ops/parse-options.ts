import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { stop } from './stop.ts'

/** An instant as people write it, in full. @param option for the complaint */
export function parseInstant(input: string, option: string): string {
  const at = new Date(input)
  if (Number.isNaN(at.getTime()))
    stop({
      title: `${option} is not an instant: write 2026-11-01 or 2026-11-01T08:00:00Z, not ${input}.`,
      ends: 'usage',
    })
  return at.toISOString()
}

/** The ends of a window that were given. */
export function parseWindow({ from, to }: { from?: string; to?: string }) {
  return {
    ...(from !== undefined && { from: parseInstant(from, '--from') }),
    ...(to !== undefined && { to: parseInstant(to, '--to') }),
  }
}

/** What a file holds, or standard input where its name is `-`. */
export async function readJson(file: string) {
  try {
    return JSON.parse(await readText(file))
  } catch (error) {
    stop({ title: `${file} cannot be read as JSON: ${describeReadError(error)}`, ends: 'usage' })
  }
}

/** A value, or where it is `-` what standard input holds: so it stands in no list of processes and in no history. */
export async function readValueOrStdin(value: string): Promise<string> {
  return value === '-' ? (await text(process.stdin)).trim() : value
}

function readText(file: string): Promise<string> {
  return file === '-' ? text(process.stdin) : readFile(file, 'utf8')
}

// A parser's complaint repeats what it read, which may be a secret.
function describeReadError(error: unknown): string {
  if (error instanceof SyntaxError) return 'its syntax is broken'
  return error instanceof Error ? error.message : String(error)
}
