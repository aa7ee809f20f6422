import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Problem } from '#shared/contract/problems.ts'
import type { GlobalOptions } from './connect.ts'
import { type ConfirmOptions, requireConfirmation } from './require-confirmation.ts'
import { startProgressBar } from './start-progress-bar.ts'
import { stop } from './stop.ts'

type CsvPage =
  | { problem: Problem }
  | { problem?: undefined; text: string; headers: { get: (name: string) => string | null } }
export type CsvExportOptions = GlobalOptions & ConfirmOptions & { out?: string }

/** Writes every page of an export to standard output, or to `--out`. @param rows what a row is, such as `leads` */
export async function writeCsvExport(
  rows: string,
  options: CsvExportOptions,
  fetchPage: (cursor: { cursor?: string }) => Promise<CsvPage>,
): Promise<void> {
  const { out, json } = options
  if (json && out === undefined)
    stop({ title: 'The export is CSV: with --json, pass --out <file> too.', ends: 'usage' })
  if (out !== undefined && existsSync(out)) await requireConfirmation(`${out} already exists. Overwrite it?`, options)
  let count = 0
  const bar = startProgressBar(rows)
  const pages = fetchPages(fetchPage, (more) => {
    count += more
    bar.update(count)
  })
  if (out === undefined) for await (const page of pages) process.stdout.write(page)
  else await writeAtomically(out, pages)
  bar.end()
  if (out === undefined) return
  console.log(json ? JSON.stringify({ file: out, [rows]: count }) : `Wrote ${count} ${rows} to ${out}.`)
}

async function* fetchPages(
  fetchPage: (cursor: { cursor?: string }) => Promise<CsvPage>,
  onRows: (more: number) => void,
): AsyncGenerator<string> {
  let cursor: string | undefined
  do {
    const response = await fetchPage(cursor === undefined ? {} : { cursor })
    if (response.problem) return stop(response.problem)
    // No value of an export contains a line break.
    onRows(response.text.split('\r\n').filter(Boolean).length - (cursor === undefined ? 1 : 0))
    yield response.text
    cursor = response.headers.get('x-next-cursor') ?? undefined
  } while (cursor !== undefined)
}

/** Replaces the file only when all pages are written: an interrupted export leaves the earlier file. */
async function writeAtomically(file: string, pages: AsyncIterable<string>): Promise<void> {
  const partFile = `${file}.part`
  await rm(partFile, { force: true })
  await pipeline(Readable.from(pages), createWriteStream(partFile, { mode: 0o600 }))
  await rename(partFile, file)
}
