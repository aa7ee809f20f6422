import { Command } from 'commander'
import { importKinds } from '#shared/contract/catalog/imports.ts'
import { connect, type GlobalOptions } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { printResult } from '../../ops/print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../../ops/require-confirmation.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { exitCodes } from '../../ops/stop.ts'
import { dryRunOption } from '../careers/write-careers.ts'
import { type JournalEntry, readJournal } from './import-journal.ts'
import { composePages, type ImportRow, type RowResult, sendRows } from './send-rows.ts'

type UndoOptions = GlobalOptions & ConfirmOptions & { dryRun?: true }

/** Restores what an import wrote, from its journal. What was changed since stays as it is, and is named. */
export const undoImport = new Command('undo')
  .description(
    'Undo an import from its journal: delete what it created, and restore what it changed. Asks for confirmation.',
  )
  .argument(
    '<journal>',
    'the file that the import named, such as prospectus-imports/2026-11-29T17-00-00Z-schools.jsonl',
  )
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(...formatExamples('import undo prospectus-imports/2026-11-29T17-00-00Z-schools.jsonl --dry-run'))
  .action(async (file: string, _: object, command: Command) => {
    const options: UndoOptions = command.optsWithGlobals()
    const entries = readJournal(file)
    const call = connect(options)
    if (!options.dryRun) await requireConfirmation(`Undo ${entries.length} writes?`, options)
    const bar = startProgressBar('records', entries.length)
    const results: RowResult[] = []
    for (const kind of importKinds) {
      const rows = entries.flatMap((entry) => (entry.kind === kind && canRestore(entry) ? [toUndoRow(entry)] : []))
      const onResults = (done: readonly RowResult[]) => {
        results.push(...done)
        bar.update(results.length)
      }
      await sendRows(call, kind, rows, { dryRun: options.dryRun ?? false, onResults })
    }
    const pendingPages = options.dryRun ? 0 : await composePages(call, { kind: entries[0]?.kind ?? 'careers', results })
    bar.end()
    const refused = results.filter(({ outcome }) => outcome === 'refused')
    const count = (outcome: RowResult['outcome']) => results.filter((result) => result.outcome === outcome).length
    const lost = entries.filter((entry) => !canRestore(entry))
    const lines = [
      ...lost.map(({ kind, id }) => `${id}: the earlier ${kind} were not read. Import the earlier file again.`),
      ...refused.map(({ id, problem }) => `${id}: left as it is${describeReason(problem)}`),
      `Deleted: ${count('deleted')}. Restored: ${count('changed')}. Already as before: ${count('unchanged')}. Not undone: ${refused.length}.`,
    ]
    printResult(options, { results, pendingPages }, lines.join('\n'))
    if (refused.length > 0) process.exitCode = exitCodes.refused.code
  })

function describeReason(problem: RowResult['problem']): string {
  return problem?.code === 'VERSION_CONFLICT'
    ? `, because it was changed or deleted after the import. ${problem.detail}`
    : `. ${problem?.detail}`
}

/** What an import replaced without having read it cannot be restored. */
function canRestore({ outcome, before }: JournalEntry): boolean {
  return outcome === 'created' || before !== undefined
}

/** Only the version that the import wrote is undone. */
function toUndoRow({ id, version, before }: JournalEntry): ImportRow {
  return before ? { id, version, body: before } : { id, version, delete: true }
}
