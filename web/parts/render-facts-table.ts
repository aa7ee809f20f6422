import type { CareerFact } from '../../shared/domain/catalog/fact.ts'
import { formatFactScope, formatFactValue, formatStaleness } from '../words/format-fact.ts'
import { factsText } from '../words/visitor.ts'
import { createLink, element, type MarkupElement, type MarkupNode } from './element.ts'

type ShownFact = Omit<CareerFact, 'careerSlug'>
type FactsTable<Fact> = {
  caption: string
  now: Date
  /** The mark of a fact's source on a page that lists its numbered sources. Absent: the table names each source. */
  renderFootnote?: (fact: Fact) => MarkupNode
  renderLabel?: (fact: Fact) => MarkupNode
}

/** Facts with period and source; outdated ones are marked. */
export function renderFactsTable<Fact extends ShownFact>(
  facts: readonly Fact[],
  { caption, ...options }: FactsTable<Fact>,
): MarkupElement {
  // A page that lists its numbered sources names each once.
  const columns = options.renderFootnote ? factsText.columns.slice(0, -1) : factsText.columns
  const renderHeader = (label: string) => element('th', { scope: 'col' }, label)
  return element(
    'table',
    { class: 'facts', part: 'facts' },
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, columns.map(renderHeader))),
    element(
      'tbody',
      {},
      facts.map((fact) => renderRow(fact, options)),
    ),
  )
}

function renderRow<Fact extends ShownFact>(
  fact: Fact,
  { now, renderFootnote, renderLabel }: Omit<FactsTable<Fact>, 'caption'>,
): MarkupElement {
  const { label, period, source } = fact
  const stale = formatStaleness(fact, now)
  const renderCell = (...parts: MarkupNode[]) => element('td', {}, ...parts)
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, renderLabel?.(fact) ?? label),
    element(
      'td',
      { class: typeof fact.value === 'number' ? 'figure' : undefined },
      formatFactValue(fact),
      renderFootnote?.(fact),
      typeof fact.value === 'number' && element('small', {}, ` ${formatFactScope(fact)}`),
      fact.note !== undefined && element('small', {}, ` ${fact.note}`),
    ),
    renderCell(period, stale !== undefined && element('span', { class: 'stale' }, stale)),
    !renderFootnote && renderCell(createLink(source.url, source.name)),
  )
}
