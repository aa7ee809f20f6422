import { oneLine } from '#shared/format/one-line.ts'
import type { Change } from './changes-of.ts'
import type { Plan } from './plan-careers.ts'
import type { Outcome } from './write-careers.ts'

const mends = {
  'would be written': '',
  written: '',
  unchanged: '',
  'changed meanwhile': ' Somebody has changed it meanwhile, and it was left as they made it: run this again.',
  refused: ' It was left as it is.',
} as const
const signs = { added: '+', changed: '~', removed: '-' } as const
const longest = 100

/** Per career what is added, changed and removed, before anything is written. */
export function tellPlans(plans: readonly Plan[]): string {
  return plans.map(({ id, ...plan }) => toldParts(id, plan).join('\n')).join('\n')
}

/** The same, with what has become of it. */
export function tellOutcomes(outcomes: readonly Outcome[]): string {
  const lines = outcomes.flatMap(({ id, outcome, version, ...plan }) =>
    toldParts(`${id}: ${outcome}${outcome === 'written' ? `, version ${version}` : ''}.${mends[outcome]}`, plan),
  )
  const counts = Object.entries(Object.groupBy(outcomes, ({ outcome }) => outcome))
  const sum = counts.map(([outcome, some = []]) => `${some.length} ${outcome}`).join(', ')
  return [...lines, outcomes.length === 0 ? 'There are no careers.' : `Careers: ${sum}.`].join('\n')
}

type Parts = Pick<Plan, 'changes' | 'unchanged' | 'notes' | 'faults'>

function toldParts(heading: string, { changes, unchanged, notes, faults }: Parts): string[] {
  const count = (how: Change['how']) => changes.filter((change) => change.how === how).length
  return [
    heading,
    `  ${count('added')} added, ${count('changed')} changed, ${count('removed')} removed, ${unchanged} unchanged`,
    ...changes.map((change) => `  ${signs[change.how]} ${toldChange(change)}`),
    ...notes.map((note) => `  ? ${oneLine(note)}`),
    ...faults.map((fault) => `  ! ${oneLine(fault)}`),
  ]
}

function toldChange({ what, was, now }: Change): string {
  return `${what}: ${[was, now].flatMap((text) => (text === undefined ? [] : [shortened(text)])).join(' -> ')}`
}

function shortened(text: string): string {
  const line = oneLine(text)
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`
}
