import { Command } from 'commander'
import type * as z from 'zod'
import { readOverview } from '#shared/contract/reporting/overview.ts'
import { type Call, connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { progress } from '../progress.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'

type Page = z.output<(typeof readOverview.responses)[200]['body']>
type Counts = { [what: string]: number }

export const overview = new Command('overview')
  .description('Say what came in and what went out on one day.')
  .option('--day <date>', '(UTC), such as 2026-11-23; today unless said')
  .addHelpText(...examples('overview', 'overview --day 2026-11-23 --json'))
  .action(async (_: object, command: Command) => {
    const given: Settings & { day?: string } = command.optsWithGlobals()
    const pages = await pagesOf(connect(given), given.day)
    const leads = sum(pages.flatMap(({ hours }) => hours.map(({ hour: _, ...counts }): Counts => counts)))
    const deliveries = sum(pages.map((page): Counts => page.deliveries))
    const day = pages[0]?.day
    tell(given, { day, leads, deliveries }, `${day}\nleads: ${told(leads)}\ndeliveries: ${told(deliveries)}`)
  })

/** Counted some at a time, so that a busy day comes in pages. */
async function pagesOf(call: Call, day: string | undefined): Promise<Page[]> {
  const pages: Page[] = []
  const bar = progress('looked at')
  let cursor: string | undefined
  do {
    const query = { ...(day !== undefined && { day }), ...(cursor !== undefined && { cursor }) }
    const answer = await call(readOverview, { query })
    if (answer.status !== 200) return stop(answer.problem)
    pages.push(answer.body)
    bar.at(pages.reduce((all, { looked }) => all + looked, 0))
    cursor = answer.body.page.nextCursor ?? undefined
  } while (cursor !== undefined)
  bar.end()
  return pages
}

function sum(all: readonly Counts[]): Counts {
  const total: Counts = {}
  for (const [what, count] of all.flatMap(Object.entries<number>)) total[what] = (total[what] ?? 0) + count
  return total
}

function told(counts: Counts): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0)
  return some.length === 0 ? 'none' : some.map(([what, count]) => `${count} ${what}`).join(', ')
}
