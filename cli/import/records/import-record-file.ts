import { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import { connect } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { createCharsetOption, readTextFile } from '../../ops/read-text-file.ts'
import { yesOption } from '../../ops/require-confirmation.ts'
import { stop } from '../../ops/stop.ts'
import { dryRunOption, type WriteOptions } from '../careers/write-careers.ts'
import { parseCsv } from './parse-csv.ts'
import { parseRecordRows } from './parse-record-rows.ts'
import { readRecords } from './read-records.ts'
import { type CsvRecordKind, formatTemplate, recordColumns } from './record-columns.ts'
import { stopAtFaults } from './stop-at-faults.ts'
import { writeRecordPlans } from './write-record-plans.ts'

type ImportFileOptions = WriteOptions & { template?: true; charset?: string }

/** The command that creates and changes records of a kind from a CSV file. */
export function createRecordFileCommand(kind: CsvRecordKind): Command {
  const columns = recordColumns[kind].map(
    ({ name, help, isRequired }) => `  ${name}${isRequired ? ' (required)' : ''}: ${help}`,
  )
  return new Command(kind)
    .description(
      `Create and change ${kind} from a CSV file: the whole file is judged first, then written, then it can be undone.`,
    )
    .argument('[file]', 'CSV with a header row; columns that it lacks stay as they are')
    .option('--template', 'print a file with all columns and an example')
    .addOption(createCharsetOption())
    .option(...dryRunOption)
    .option(...yesOption)
    .addHelpText('after', `\nColumns:\n${columns.join('\n')}`)
    .addHelpText(
      ...formatExamples(
        `import ${kind} --template > ${kind}.csv`,
        `import ${kind} ${kind}.csv --dry-run`,
        `import ${kind} ${kind}.csv --yes`,
      ),
    )
    .action(async (file: string | undefined, _: object, command: Command) => {
      const options: ImportFileOptions = command.optsWithGlobals()
      if (options.template) return console.log(stringify(formatTemplate(kind)).trimEnd())
      if (file === undefined) return stop({ title: 'Pass a file, or --template for an empty one.', ends: 'usage' })
      await importRecordFile(kind, file, options)
    })
}

async function importRecordFile(kind: CsvRecordKind, file: string, options: ImportFileOptions): Promise<void> {
  const table = parseCsv(file, await readTextFile(file, { charset: options.charset, isCsv: true }))
  const call = connect(options)
  const { plans, faults } = parseRecordRows(kind, table, await readRecords(call, kind))
  if (faults.length > 0) stopAtFaults(file, faults, table.rows.length)
  await writeRecordPlans(call, { kind, file, plans, rowCount: table.rows.length }, options)
}
