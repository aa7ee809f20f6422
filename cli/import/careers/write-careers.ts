import type { ApiClient, GlobalOptions } from '../../ops/connect.ts'
import { printResult } from '../../ops/print-result.ts'
import { type ConfirmOptions, requireConfirmation } from '../../ops/require-confirmation.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { exitCodes } from '../../ops/stop.ts'
import { startJournal } from '../records/import-journal.ts'
import { composePages, type RowResult, sendRows, toJson } from '../records/send-rows.ts'
import { formatOutcomes, formatPlans } from './format-plans.ts'
import type { CareerOutcome, CareerPlan } from './plan-careers.ts'

/** For commands that write: `.option(...dryRunOption)`. */
export const dryRunOption = ['--dry-run', 'show the changes and write nothing'] as const
/** For commands that check whether a file is complete: `.option(...partialOption)`. */
export const partialOption = ['--partial', 'accept a file from which rows were left out on purpose'] as const
export type WriteOptions = GlobalOptions & ConfirmOptions & { dryRun?: true; partial?: true }

/** Shows the changes, asks for confirmation, and writes each career completely or not at all. */
export async function writeCareers(
  call: ApiClient,
  plans: readonly CareerPlan[],
  options: WriteOptions,
): Promise<void> {
  const plansToWrite = plans.filter(shouldWrite)
  if (!options.dryRun && plansToWrite.length > 0) {
    if (!options.yes) console.error(formatPlans(plans))
    await requireConfirmation(
      `Write ${plansToWrite.length === 1 ? '1 career' : `${plansToWrite.length} careers`}?`,
      options,
    )
  }
  const journal = startJournal('careers', new Date(), (id) => plans.find((plan) => plan.id === id)?.before)
  const results: RowResult[] = []
  const written = options.dryRun
    ? []
    : await writePlans(call, plansToWrite, (batch) => {
        journal.record(batch)
        results.push(...batch)
      })
  const byId = new Map(written.map((outcome) => [outcome.id, outcome]))
  const outcomes = plans.map((plan) => byId.get(plan.id) ?? skipCareer(plan))
  const hasJournal = journal.close()
  const pendingPages = hasJournal ? await composePages(call, { kind: 'careers', results }) : 0
  const text = formatOutcomes(outcomes)
  const undo = hasJournal ? `\nTo undo it: npm run ops -- import undo ${journal.file}` : ''
  printResult(
    options,
    { careers: outcomes, pendingPages, ...(hasJournal && { journal: journal.file }) },
    `${text}${undo}`,
  )
  // A script must notice that some careers were not written.
  if (outcomes.some(({ outcome }) => outcome === 'version-conflict' || outcome === 'refused'))
    process.exitCode = exitCodes.refused.code
}

/** Writes careers, each unless it has changed since it was read. */
export async function writePlans(
  call: ApiClient,
  plans: readonly CareerPlan[],
  onResults: (results: readonly RowResult[]) => void = () => {},
): Promise<CareerOutcome[]> {
  const bar = startProgressBar('careers', plans.length)
  const rows = plans.map(({ id, version, career }) => ({ id, version, body: toJson(career) }))
  const results: RowResult[] = []
  await sendRows(call, 'careers', rows, {
    onResults: (batch) => {
      results.push(...batch)
      onResults(batch)
      bar.update(results.length)
    },
  }).finally(bar.end)
  const byId = new Map(results.map((result) => [result.id, result]))
  return plans.flatMap(({ career: _, before: __, ...plan }) => {
    const result = byId.get(plan.id)
    return result ? [toOutcome(plan, result)] : []
  })
}

function toOutcome(
  plan: Omit<CareerOutcome, 'outcome'>,
  { outcome, version = plan.version, problem }: RowResult,
): CareerOutcome {
  if (!problem) return { ...plan, version, outcome: outcome === 'unchanged' ? 'unchanged' : 'written' }
  if (problem.code === 'VERSION_CONFLICT') return { ...plan, outcome: 'version-conflict' }
  return {
    ...plan,
    outcome: 'refused',
    faults: [problem.detail, ...problem.errors.map(({ pointer, detail }) => `${pointer} ${detail}`)],
  }
}

function skipCareer({ career: _, before: __, ...plan }: CareerPlan): CareerOutcome {
  if (plan.faults.length > 0) return { ...plan, outcome: 'refused' }
  return { ...plan, outcome: plan.changes.length > 0 || plan.version === 0 ? 'would-write' : 'unchanged' }
}

function shouldWrite({ changes, faults, version }: CareerPlan): boolean {
  return (changes.length > 0 || version === 0) && faults.length === 0
}
