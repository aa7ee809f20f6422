import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command, Option } from 'commander'
import { exportLeads as route } from '#shared/contract/capture/lead-search.ts'
import { type ApiClient, connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { startProgressBar } from '../start-progress-bar.ts'
import { stop } from '../stop.ts'
import { addFilterOptions, type LeadFilter, toFilter } from './add-filter-options.ts'

type ExportLeadsOptions = GlobalOptions &
  ConfirmOptions &
  LeadFilter & { contacts: 'masked' | 'revealed'; purpose?: string; out?: string }

export const exportLeads = addFilterOptions(new Command('export'))
  .description('Export the leads of one day as CSV.')
  .addOption(
    new Option('--contacts <how>', 'revealed records your name and --purpose on each lead')
      .choices(['masked', 'revealed'])
      .default('masked'),
  )
  .option('--purpose <why>', 'reason for revealing contact details')
  .option('--out <file>', 'output file, readable only by you; default standard output')
  .option(...yesOption)
  .addHelpText(
    ...formatExamples(
      'leads export --day 2026-11-23 > leads.csv',
      'leads export --day 2026-11-23 --contacts revealed --purpose "Audit of November" --out leads.csv',
    ),
  )
  .action(async (_: object, command: Command) => {
    const options: ExportLeadsOptions = command.optsWithGlobals()
    const { out, json, contacts, purpose } = options
    if (json && out === undefined)
      stop({ title: 'The export is CSV: with --json, pass --out <file> too.', ends: 'usage' })
    if (contacts === 'revealed' && !purpose)
      stop({ title: 'Pass --purpose: the reason for revealing contact details.', ends: 'usage' })
    const call = connect(options)
    if (out !== undefined && existsSync(out)) await requireConfirmation(`${out} already exists. Overwrite it?`, options)
    let leads = 0
    const bar = startProgressBar('leads')
    const pages = fetchPages(call, options, (more) => {
      leads += more
      bar.update(leads)
    })
    if (out === undefined) for await (const page of pages) process.stdout.write(page)
    else await writeAtomically(out, pages)
    bar.end()
    if (out === undefined) return
    console.log(json ? JSON.stringify({ file: out, leads }) : `Wrote ${leads} leads to ${out}.`)
  })

async function* fetchPages(call: ApiClient, options: ExportLeadsOptions, count: (more: number) => void) {
  const { day = new Date().toISOString().slice(0, 10), contacts, purpose, test } = options
  const filter = { ...toFilter(options), ...(test !== undefined && { test: test === 'true' }) }
  let cursor: string | undefined
  do {
    const pageParams = { ...(purpose !== undefined && { purpose }), ...(cursor !== undefined && { cursor }) }
    const response = await call(route, { body: { day, contacts, filter, ...pageParams } })
    if (response.status !== 200) return stop(response.problem)
    // No value of the export contains a line break.
    count(response.text.split('\r\n').filter(Boolean).length - (cursor === undefined ? 1 : 0))
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
