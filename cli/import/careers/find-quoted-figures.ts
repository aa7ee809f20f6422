import type { Career } from '#shared/domain/catalog/career.ts'
import type { Fact } from '#shared/domain/catalog/fact.ts'
import { formatFactValue } from '#web/words/format-fact.ts'
import { isSameFact } from './merge-facts.ts'

/** Notes about texts of staff that quote a figure which is replaced or removed, such as `$40,430` or `15 percent`. */
export function findQuotedFigures(career: Career, newFacts: readonly Fact[]): string[] {
  const texts = [
    { place: 'The summary', text: career.summary },
    ...(career.education === undefined ? [] : [{ place: 'The text on education', text: career.education }]),
    ...career.sections.map(({ id, body }) => ({ place: `The section ${id}`, text: body })),
  ]
  const oldFacts = career.facts.filter(
    (fact) => !newFacts.some((other) => isSameFact(fact, other) && fact.value === other.value),
  )
  const notes = oldFacts.flatMap((fact) => {
    const spellings = listSpellings(fact)
    return texts.flatMap(({ place, text }) => {
      const quoted = spellings.find((spelling) => containsFigure(text, spelling))
      return quoted === undefined
        ? []
        : [`${place} quotes ${quoted} of ${fact.period}, which this import replaces. Edit the text.`]
    })
  })
  return [...new Set(notes)]
}

function listSpellings(fact: Fact): string[] {
  if (typeof fact.value !== 'number') return []
  const value = formatFactValue({ ...fact, metric: '' })
  return fact.unit === 'percent' ? [value, value.replace('%', ' percent')] : fact.unit === 'USD' ? [value] : []
}

/** `15%` is not in `115%`, nor `$40,430` in `$40,430,000`. */
function containsFigure(text: string, figure: string): boolean {
  const at = text.indexOf(figure)
  if (at === -1) return false
  return !/[\d.,]/.test(text.charAt(at - 1)) && !/^,?\d/.test(text.slice(at + figure.length))
}
