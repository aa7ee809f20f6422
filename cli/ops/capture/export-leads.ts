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
  .description('Write the leads of one day as CSV.')
  .addOption(
    new Option('--contacts <how>', 'revealed: who you are and your --purpose are noted with each lead')
      .choices(['masked', 'revealed'])
      .default('masked'),
  )
  .option('--purpose <why>', 'why contacts are revealed')
  .option('--out <file>', 'where to, readable by you alone; standard output unless said')
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
    if (json && out === undefined) stop({ title: 'CSV is no JSON: with --json, say --out <file> too.', ends: 'usage' })
    if (contacts === 'revealed' && !purpose) stop({ title: 'Say why contacts are revealed: --purpose.', ends: 'usage' })
    const call = connect(options)
    if (out !== undefined && existsSync(out))
      await requireConfirmation(`${out} is there already. Write over it?`, options)
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
    console.log(json ? JSON.stringify({ file: out, leads }) : `${leads} leads are in ${out}.`)
  })

async function* fetchPages(call: ApiClient, options: ExportLeadsOptions, count: (more: number) => void) {
  const { day = new Date().toISOString().slice(0, 10), contacts, purpose, test } = options
  const filter = { ...toFilter(options), ...(test !== undefined && { test: test === 'true' }) }
  let cursor: string | undefined
  do {
    const pageParams = { ...(purpose !== undefined && { purpose }), ...(cursor !== undefined && { cursor }) }
    const response = await call(route, { body: { day, contacts, filter, ...pageParams } })
    if (response.status !== 200) return stop(response.problem)
    // No value of the export holds a line break.
    count(response.text.split('\r\n').filter(Boolean).length - (cursor === undefined ? 1 : 0))
    yield response.text
    cursor = response.headers.get('x-next-cursor') ?? undefined
  } while (cursor !== undefined)
}

/** The file is there when all of it is: an export that broke off leaves what was there before. */
async function writeAtomically(file: string, pages: AsyncIterable<string>): Promise<void> {
  const partFile = `${file}.part`
  await rm(partFile, { force: true })
  await pipeline(Readable.from(pages), createWriteStream(partFile, { mode: 0o600 }))
  await rename(partFile, file)
}
