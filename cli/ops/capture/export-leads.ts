import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command, Option } from 'commander'
import { exportLeads as route } from '#shared/contract/capture/lead-search.ts'
import { type Asking, agree, yes } from '../agree.ts'
import { type Call, connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { progress } from '../progress.ts'
import { stop } from '../stop.ts'
import { filtering, filterOf, type LeadFilter } from './lead-filter.ts'

type Given = Settings & Asking & LeadFilter & { contacts: 'masked' | 'revealed'; purpose?: string; out?: string }

export const exportLeads = filtering(new Command('export'))
  .description('Write the leads of one day as CSV.')
  .addOption(
    new Option('--contacts <how>', 'revealed: who you are and your --purpose are noted with each lead')
      .choices(['masked', 'revealed'])
      .default('masked'),
  )
  .option('--purpose <why>', 'why contacts are revealed')
  .option('--out <file>', 'where to, readable by you alone; standard output unless said')
  .option(...yes)
  .addHelpText(
    ...examples(
      'leads export --day 2026-11-23 > leads.csv',
      'leads export --day 2026-11-23 --contacts revealed --purpose "Audit of November" --out leads.csv',
    ),
  )
  .action(async (_: object, command: Command) => {
    const given: Given = command.optsWithGlobals()
    const { out, json, contacts, purpose } = given
    if (json && out === undefined) stop({ title: 'CSV is no JSON: with --json, say --out <file> too.', ends: 'usage' })
    if (contacts === 'revealed' && !purpose) stop({ title: 'Say why contacts are revealed: --purpose.', ends: 'usage' })
    const call = connect(given)
    if (out !== undefined && existsSync(out)) await agree(`${out} is there already. Write over it?`, given)
    let leads = 0
    const bar = progress('leads')
    const pages = pagesOf(call, given, (more) => {
      leads += more
      bar.at(leads)
    })
    if (out === undefined) for await (const page of pages) process.stdout.write(page)
    else await writeWhole(out, pages)
    bar.end()
    if (out === undefined) return
    console.log(json ? JSON.stringify({ file: out, leads }) : `${leads} leads are in ${out}.`)
  })

async function* pagesOf(call: Call, given: Given, count: (more: number) => void) {
  const { day = new Date().toISOString().slice(0, 10), contacts, purpose, test } = given
  const filter = { ...filterOf(given), ...(test !== undefined && { test: test === 'true' }) }
  let cursor: string | undefined
  do {
    const more = { ...(purpose !== undefined && { purpose }), ...(cursor !== undefined && { cursor }) }
    const answer = await call(route, { body: { day, contacts, filter, ...more } })
    if (answer.status !== 200) return stop(answer.problem)
    // No value of the export holds a line break.
    count(answer.text.split('\r\n').filter(Boolean).length - (cursor === undefined ? 1 : 0))
    yield answer.text
    cursor = answer.headers.get('x-next-cursor') ?? undefined
  } while (cursor !== undefined)
}

/** The file is there when all of it is: an export that broke off leaves what was there before. */
async function writeWhole(file: string, pages: AsyncIterable<string>): Promise<void> {
  const part = `${file}.part`
  await rm(part, { force: true })
  await pipeline(Readable.from(pages), createWriteStream(part, { mode: 0o600 }))
  await rename(part, file)
}
