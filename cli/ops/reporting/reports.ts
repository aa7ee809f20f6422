import { Command } from 'commander'
import { readDailyReport, readSchoolsReport, readSourcesReport } from '#shared/contract/reporting/reports.ts'
import type { ReportedFigures, ReportedSent } from '#shared/domain/reporting/report.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { stop } from '../stop.ts'
import { type Columns, dollars, tellTable } from '../tell.ts'

type Given = Settings & { from?: string; to?: string }
type Counted = ReportedSent & Partial<ReportedFigures>
type Report = { asOf?: string; missing: readonly string[]; total?: Counted }

const daily = spanned(new Command('daily'), 'daily')
  .description('Tell leads, what became of them, and money, day by day.')
  .action(async (_: object, command: Command) => {
    const given: Given = command.optsWithGlobals()
    const answer = await connect(given)(readDailyReport, { query: spanOf(given) })
    if (answer.status !== 200) return stop(answer.problem)
    tellReport(
      given,
      answer.body,
      answer.body.days.map((told) => [told.day, told]),
    )
  })

const schools = spanned(new Command('schools'), 'schools')
  .description('Tell what each school got, what became of it, and money.')
  .action(async (_: object, command: Command) => {
    const given: Given = command.optsWithGlobals()
    const answer = await connect(given)(readSchoolsReport, { query: spanOf(given) })
    if (answer.status !== 200) return stop(answer.problem)
    tellReport(
      given,
      answer.body,
      answer.body.schools.map((told) => [told.schoolId, told]),
    )
  })

const sources = spanned(new Command('sources'), 'sources')
  .description('Tell what each source sent, what became of it, and money.')
  .action(async (_: object, command: Command) => {
    const given: Given = command.optsWithGlobals()
    const answer = await connect(given)(readSourcesReport, { query: spanOf(given) })
    if (answer.status !== 200) return stop(answer.problem)
    tellReport(
      given,
      answer.body,
      answer.body.sources.map((told) => [told.sourceId, told]),
    )
  })

export const reports = new Command('reports')
  .description('Counts, rates and money over days; a lead counts on the day on which it was received.')
  .addCommand(daily)
  .addCommand(schools)
  .addCommand(sources)

function spanned(command: Command, name: string): Command {
  return command
    .option('--from <date>', '(UTC), such as 2026-11-17; six days before --to unless said')
    .option('--to <date>', '(UTC); today unless said')
    .addHelpText(...examples(`reports ${name}`, `reports ${name} --from 2026-11-01 --to 2026-11-23 --json`))
}

function spanOf({ from, to }: Given) {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

function tellReport({ json }: Settings, report: Report, rows: readonly (readonly [string, Counted])[]): void {
  const { asOf, missing, total } = report
  if (json) {
    console.log(JSON.stringify(report))
    return
  }
  if (rows.length === 0) console.log('Nothing has been counted in these days yet.')
  else tellTable([...rows, ...(total ? [['total', total] as const] : [])].map(([id, told]) => [id, columnsOf(told)]))
  if (asOf !== undefined) console.log(`As of ${asOf}.`)
  if (missing.length > 0) console.error(`Not counted yet, and in no figure: ${missing.join(', ')}`)
}

function columnsOf({ leads, deliveries, returns, money, rates }: Counted): Columns {
  return {
    ...(leads && { leads: leads.received, accepted: leads.accepted }),
    sent: deliveries.made,
    arrived: deliveries.arrived,
    contacted: percent(rates.contact),
    enrolled: percent(rates.enrolment),
    returned: returns.accepted,
    sold: dollars(money.soldCents),
    net: dollars(money.netCents),
  }
}

function percent(rate: number | undefined): string {
  return rate === undefined ? '-' : `${(rate * 100).toFixed(1)} %`
}
