import { Command } from 'commander'
import type * as z from 'zod'
import { readOverview } from '#shared/contract/reporting/overview.ts'
import { type ApiClient, connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { startProgressBar } from '../start-progress-bar.ts'
import { stop } from '../stop.ts'

type OverviewPage = z.output<(typeof readOverview.responses)[200]['body']>
type Counts = { [what: string]: number }

export const overview = new Command('overview')
  .description('Count the leads and deliveries of one day.')
  .option('--day <date>', 'day (UTC), such as 2026-11-23; default today')
  .addHelpText(...formatExamples('overview', 'overview --day 2026-11-23 --json'))
  .action(async (_: object, command: Command) => {
    const options: GlobalOptions & { day?: string } = command.optsWithGlobals()
    const pages = await fetchPages(connect(options), options.day)
    const leads = sum(pages.flatMap(({ hours }) => hours.map(({ hour: _, ...counts }): Counts => counts)))
    const deliveries = sum(pages.map((page): Counts => page.deliveries))
    const day = pages[0]?.day
    printResult(
      options,
      { day, leads, deliveries },
      `${day}\nleads: ${formatCounts(leads)}\ndeliveries: ${formatCounts(deliveries)}`,
    )
  })

/** Reads all pages: the API counts a limited number of leads per request. */
async function fetchPages(call: ApiClient, day: string | undefined): Promise<OverviewPage[]> {
  const pages: OverviewPage[] = []
  const bar = startProgressBar('leads and deliveries')
  let cursor: string | undefined
  do {
    const query = { ...(day !== undefined && { day }), ...(cursor !== undefined && { cursor }) }
    const response = await call(readOverview, { query })
    if (response.status !== 200) return stop(response.problem)
    pages.push(response.body)
    bar.update(pages.reduce((all, { scanned }) => all + scanned, 0))
    cursor = response.body.page.nextCursor ?? undefined
  } while (cursor !== undefined)
  bar.end()
  return pages
}

function sum(all: readonly Counts[]): Counts {
  const total: Counts = {}
  for (const [what, count] of all.flatMap(Object.entries<number>)) total[what] = (total[what] ?? 0) + count
  return total
}

function formatCounts(counts: Counts): string {
  const nonZero = Object.entries(counts).filter(([, count]) => count > 0)
  return nonZero.length === 0 ? 'none' : nonZero.map(([what, count]) => `${count} ${what}`).join(', ')
}
