import { Command } from 'commander'
import {
  readDailyReport,
  readGroupReport,
  readSchoolsReport,
  readSourcesReport,
} from '#shared/contract/reporting/reports.ts'
import type { ReportedDeliveries, ReportedFigures } from '#shared/domain/reporting/report.ts'
import { reportGroups } from '#shared/domain/reporting/report-groups.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { formatDollars, printTable, type TableColumns } from '../print-result.ts'
import { stop } from '../stop.ts'

const groupNames = {
  campaigns: 'campaign',
  programs: 'program',
  careers: 'career',
  states: 'state of the visitor',
  reasons: 'reason for which schools were passed over',
  'sub-ids': 'sub-ID',
  'utm-sources': 'UTM source',
  'utm-campaigns': 'UTM campaign',
  dispositions: 'furthest disposition',
  hours: 'hour of the day',
} as const
type ReportOptions = GlobalOptions & { from?: string; to?: string; timeZone?: string; school?: string; source?: string }
type ReportRow = ReportedDeliveries & Partial<ReportedFigures> & { generation?: number }
type Report = { asOf?: string; missing: readonly string[]; total?: ReportRow }

const daily = addSpanOptions(new Command('daily'), 'daily')
  .description('Report leads, outcomes and money by day.')
  .action(async (_: object, command: Command) => {
    const options: ReportOptions = command.optsWithGlobals()
    const response = await connect(options)(readDailyReport, { query: toSpanQuery(options) })
    if (response.status !== 200) return stop(response.problem)
    printReport(
      options,
      response.body,
      response.body.days.map((figures) => [figures.day, figures]),
    )
  })

const schools = addSpanOptions(new Command('schools'), 'schools')
  .description('Report deliveries, outcomes and money by school.')
  .action(async (_: object, command: Command) => {
    const options: ReportOptions = command.optsWithGlobals()
    const response = await connect(options)(readSchoolsReport, { query: toSpanQuery(options) })
    if (response.status !== 200) return stop(response.problem)
    printReport(
      options,
      response.body,
      response.body.schools.map((figures) => [figures.schoolId, figures]),
    )
  })

const sources = addSpanOptions(new Command('sources'), 'sources')
  .description('Report leads, outcomes and money by source.')
  .action(async (_: object, command: Command) => {
    const options: ReportOptions = command.optsWithGlobals()
    const response = await connect(options)(readSourcesReport, { query: toSpanQuery(options) })
    if (response.status !== 200) return stop(response.problem)
    printReport(
      options,
      response.body,
      response.body.sources.map((figures) => [figures.sourceId, figures]),
    )
  })

const groups = reportGroups.map((by) =>
  addSpanOptions(new Command(by), by)
    .option('--school <id>', 'only the deliveries to this school')
    .option('--source <id>', 'only the leads of this source')
    .description(`Report outcomes and money by ${groupNames[by]}.`)
    .action(async (_: object, command: Command) => {
      const options: ReportOptions = command.optsWithGlobals()
      const response = await connect(options)(readGroupReport, {
        query: { by, ...toSpanQuery(options), ...toOwnerQuery(options) },
      })
      if (response.status !== 200) return stop(response.problem)
      printReport(
        options,
        response.body,
        response.body.rows.map((figures) => [figures.id, figures]),
      )
    }),
)

export const reports = new Command('reports')
  .description('Report leads, rates and money. A lead counts on the day it was received.')
  .addCommand(daily)
  .addCommand(schools)
  .addCommand(sources)
for (const group of groups) reports.addCommand(group)

function addSpanOptions(command: Command, name: string): Command {
  return command
    .option('--from <date>', 'first day, such as 2026-11-17; default six days before --to')
    .option('--to <date>', 'last day; default today')
    .option('--time-zone <zone>', 'time zone of the days, such as America/Chicago; default UTC')
    .addHelpText(...formatExamples(`reports ${name}`, `reports ${name} --from 2026-11-01 --to 2026-11-23 --json`))
}

function toSpanQuery({ from, to, timeZone }: ReportOptions) {
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(timeZone !== undefined && { timeZone }),
  }
}

function toOwnerQuery({ school, source }: ReportOptions) {
  return { ...(school !== undefined && { schoolId: school }), ...(source !== undefined && { sourceId: source }) }
}

function printReport({ json }: GlobalOptions, report: Report, rows: readonly (readonly [string, ReportRow])[]): void {
  const { asOf, missing, total } = report
  if (json) {
    console.log(JSON.stringify(report))
    return
  }
  if (rows.length === 0) console.log('No figures for these days yet.')
  else
    printTable(
      [...rows, ...(total ? [['total', total] as const] : [])].map(([id, figures]) => [
        formatId(id, figures),
        toReportColumns(figures),
      ]),
    )
  if (asOf !== undefined) console.log(`As of ${asOf}.`)
  if (missing.length > 0) console.error(`Not counted yet: ${missing.join(', ')}`)
}

/** A record whose ID was used before has a row of its own. */
function formatId(id: string, { generation }: ReportRow): string {
  return generation === undefined ? id : `${id} (${generation})`
}

function toReportColumns({ leads, deliveries, returns, money, rates }: ReportRow): TableColumns {
  return {
    ...(leads && { leads: leads.received, accepted: leads.accepted }),
    sent: deliveries.created,
    delivered: deliveries.delivered,
    contacted: formatPercent(rates.contact),
    enrolled: formatPercent(rates.enrollment),
    returned: returns.accepted,
    sold: formatDollars(money.soldCents),
    net: formatDollars(money.netCents),
    payout: formatDollars(money.payoutCents),
    margin: formatDollars(money.marginCents),
  }
}

function formatPercent(rate: number | undefined): string {
  return rate === undefined ? '-' : `${(rate * 100).toFixed(1)} %`
}
