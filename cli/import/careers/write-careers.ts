import { records } from '#shared/contract/catalog/records.ts'
import type { ApiClient, GlobalOptions } from '../../ops/connect.ts'
import { printResult } from '../../ops/print-result.ts'
import { type ConfirmOptions, requireConfirmation } from '../../ops/require-confirmation.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { exitCodes } from '../../ops/stop.ts'
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
  const bar = startProgressBar('careers', plansToWrite.length)
  const outcomes: CareerOutcome[] = []
  for (const plan of plans) {
    outcomes.push(options.dryRun || !shouldWrite(plan) ? skipCareer(plan) : await writeCareer(call, plan))
    bar.update(outcomes.filter(({ outcome }) => outcome === 'written').length)
  }
  bar.end()
  printResult(options, { careers: outcomes }, formatOutcomes(outcomes))
  // A script must notice that some careers were not written.
  if (outcomes.some(({ outcome }) => outcome === 'version-conflict' || outcome === 'refused'))
    process.exitCode = exitCodes.refused.code
}

/** Writes one career, unless it has changed since it was read. */
export async function writeCareer(call: ApiClient, { career, ...plan }: CareerPlan): Promise<CareerOutcome> {
  const headers = { 'if-match': `"${plan.version}"` }
  const response = await call(records.careers.put, { params: { id: plan.id }, headers, body: career })
  if (!response.problem) return { ...plan, outcome: 'written', version: response.body.version }
  const { code, title, detail, errors = [] } = response.problem
  if (code === 'VERSION_CONFLICT') return { ...plan, outcome: 'version-conflict' }
  const faults = [detail ?? title, ...errors.map(({ pointer, detail }) => `${pointer} ${detail}`)]
  return { ...plan, outcome: 'refused', faults }
}

function skipCareer({ career: _, ...plan }: CareerPlan): CareerOutcome {
  if (plan.faults.length > 0) return { ...plan, outcome: 'refused' }
  return { ...plan, outcome: plan.changes.length > 0 ? 'would-write' : 'unchanged' }
}

function shouldWrite({ changes, faults }: CareerPlan): boolean {
  return changes.length > 0 && faults.length === 0
}
