import { records } from '#shared/contract/catalog/records.ts'
import { type Asking, agree } from '../../ops/agree.ts'
import type { Call, Settings } from '../../ops/connect.ts'
import { progress } from '../../ops/progress.ts'
import { exitCodes } from '../../ops/stop.ts'
import { tell } from '../../ops/tell.ts'
import type { Plan } from './plan-careers.ts'
import { tellOutcomes, tellPlans } from './tell-plans.ts'

/** For commands that write: `.option(...dryRun)`. */
export const dryRun = ['--dry-run', 'show what would change, and write nothing'] as const
export type Writing = Settings & Asking & { dryRun?: true }
export type Outcome = Pick<Plan, 'id' | 'changes' | 'unchanged' | 'notes' | 'faults'> & {
  outcome: 'would be written' | 'written' | 'unchanged' | 'changed meanwhile' | 'refused'
  version: number
}

/** Shows what would change, asks, and writes each career whole or not at all. */
export async function writeCareers(call: Call, plans: readonly Plan[], given: Writing): Promise<void> {
  const wanted = plans.filter(isWanted)
  if (!given.dryRun && wanted.length > 0) {
    if (!given.yes) console.error(tellPlans(plans))
    await agree(`Write ${wanted.length === 1 ? '1 career' : `${wanted.length} careers`}?`, given)
  }
  const bar = progress('careers', wanted.length)
  const outcomes: Outcome[] = []
  for (const plan of plans) {
    outcomes.push(given.dryRun || !isWanted(plan) ? unwritten(plan) : await written(call, plan))
    bar.at(outcomes.filter(({ outcome }) => outcome === 'written').length)
  }
  bar.end()
  tell(given, { careers: outcomes }, tellOutcomes(outcomes))
  // What is left may be mended: whoever waits for the end must hear of it.
  if (outcomes.some(({ outcome }) => outcome === 'changed meanwhile' || outcome === 'refused'))
    process.exitCode = exitCodes.refused.code
}

/** Where somebody has changed the career since it was read, it is left as they made it. */
export async function written(call: Call, { career, ...plan }: Plan): Promise<Outcome> {
  const headers = { 'if-match': `"${plan.version}"` }
  const answer = await call(records.careers.put, { params: { id: plan.id }, headers, body: career })
  if (!answer.problem) return { ...plan, outcome: 'written', version: answer.body.version }
  const { code, title, detail, errors = [] } = answer.problem
  if (code === 'VERSION_CONFLICT') return { ...plan, outcome: 'changed meanwhile' }
  const faults = [detail ?? title, ...errors.map(({ pointer, detail }) => `${pointer} ${detail}`)]
  return { ...plan, outcome: 'refused', faults }
}

function unwritten({ career: _, ...plan }: Plan): Outcome {
  if (plan.faults.length > 0) return { ...plan, outcome: 'refused' }
  return { ...plan, outcome: plan.changes.length > 0 ? 'would be written' : 'unchanged' }
}

function isWanted({ changes, faults }: Plan): boolean {
  return changes.length > 0 && faults.length === 0
}
