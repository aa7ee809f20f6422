import { toOneLine } from '#shared/format/to-one-line.ts'
import type { Change } from './diff-careers.ts'
import type { CareerOutcome, CareerPlan } from './plan-careers.ts'

const hints = {
  'would-write': '',
  written: '',
  unchanged: '',
  'version-conflict': ' It was changed during the import and was not written. Run the import again.',
  refused: ' It was not written.',
} as const
const signs = { added: '+', changed: '~', removed: '-' } as const
const maxTextLength = 100

/** The planned changes of each career. */
export function formatPlans(plans: readonly CareerPlan[]): string {
  return plans.map(({ id, ...plan }) => formatDetails(id, plan).join('\n')).join('\n')
}

/** The changes of each career, with the outcome. */
export function formatOutcomes(outcomes: readonly CareerOutcome[]): string {
  const lines = outcomes.flatMap(({ id, outcome, version, ...plan }) =>
    formatDetails(`${id}: ${outcome}${outcome === 'written' ? `, version ${version}` : ''}.${hints[outcome]}`, plan),
  )
  const counts = Object.entries(Object.groupBy(outcomes, ({ outcome }) => outcome))
  const summary = counts.map(([outcome, group = []]) => `${group.length} ${outcome}`).join(', ')
  return [
    ...lines,
    outcomes.length === 0
      ? 'There are no careers. To make them: npm run ops -- import careers <O*NET folder>'
      : `Careers: ${summary}.`,
  ].join('\n')
}

type PlanDetails = Pick<CareerPlan, 'changes' | 'unchanged' | 'notes' | 'faults'>

function formatDetails(heading: string, { changes, unchanged, notes, faults }: PlanDetails): string[] {
  const count = (kind: Change['kind']) => changes.filter((change) => change.kind === kind).length
  return [
    heading,
    `  ${count('added')} added, ${count('changed')} changed, ${count('removed')} removed, ${unchanged} unchanged`,
    ...changes.map((change) => `  ${signs[change.kind]} ${formatChange(change)}`),
    ...notes.map((note) => `  ? ${toOneLine(note)}`),
    ...faults.map((fault) => `  ! ${toOneLine(fault)}`),
  ]
}

function formatChange({ field, before, after }: Change): string {
  return `${field}: ${[before, after].flatMap((text) => (text === undefined ? [] : [shorten(text)])).join(' -> ')}`
}

function shorten(text: string): string {
  const singleLine = toOneLine(text)
  return singleLine.length <= maxTextLength ? singleLine : `${singleLine.slice(0, maxTextLength - 1)}…`
}
