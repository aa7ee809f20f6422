import type { Fact } from '../../shared/domain/catalog/career.ts'
import { formatFactScope, formatFactValue, formatStaleness } from '../words/format-fact.ts'
import { factsText } from '../words/visitor.ts'
import { createLink, element, type MarkupElement, type MarkupNode } from './element.ts'

/** Facts with period and source; outdated ones are marked. */
export function renderFactsTable(
  facts: readonly Fact[],
  { caption, now }: { caption: string; now: Date },
): MarkupElement {
  const renderHeader = (label: string) => element('th', { scope: 'col' }, label)
  return element(
    'table',
    { class: 'facts', part: 'facts' },
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, factsText.columns.map(renderHeader))),
    element(
      'tbody',
      {},
      facts.map((fact) => renderRow(fact, now)),
    ),
  )
}

function renderRow(fact: Fact, now: Date): MarkupElement {
  const { label, period, source } = fact
  const stale = formatStaleness(fact, now)
  const renderCell = (...parts: MarkupNode[]) => element('td', {}, ...parts)
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, label),
    element(
      'td',
      { class: typeof fact.value === 'number' ? 'figure' : undefined },
      formatFactValue(fact),
      typeof fact.value === 'number' && element('small', {}, ` ${formatFactScope(fact)}`),
      fact.note !== undefined && element('small', {}, ` ${fact.note}`),
    ),
    renderCell(period, stale !== undefined && element('span', { class: 'stale' }, stale)),
    renderCell(createLink(source.url, source.name)),
  )
}
