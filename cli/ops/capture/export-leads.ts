import { Command, Option } from 'commander'
import { exportLeads as route } from '#shared/contract/capture/lead-search.ts'
import { connect } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'
import { type CsvExportOptions, writeCsvExport } from '../write-csv-export.ts'
import { addFilterOptions, type LeadFilter, toFilter } from './add-filter-options.ts'

type ExportLeadsOptions = CsvExportOptions & LeadFilter & { contacts: 'masked' | 'revealed'; purpose?: string }

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
    const { contacts, purpose, test, day = new Date().toISOString().slice(0, 10) } = options
    if (contacts === 'revealed' && !purpose)
      stop({ title: 'Pass --purpose: the reason for revealing contact details.', ends: 'usage' })
    const call = connect(options)
    const filter = { ...toFilter(options), ...(test !== undefined && { test: test === 'true' }) }
    await writeCsvExport('leads', options, (cursor) =>
      call(route, { body: { day, contacts, filter, ...(purpose !== undefined && { purpose }), ...cursor } }),
    )
  })
