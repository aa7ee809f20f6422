import type { Fact } from '../../shared/domain/catalog/career.ts'
import { formatFactScope, formatFactValue, formatStaleness } from '../words/format-fact.ts'
import { factsText } from '../words/visitor.ts'
import { createLink, element, type MarkupElement, type MarkupNode } from './element.ts'

/** Facts with period and source; outdated ones are marked. The ARIA roles keep it a table when the phone layout uses blocks. */
export function renderFactsTable(
  facts: readonly Fact[],
  { caption, now }: { caption: string; now: Date },
): MarkupElement {
  const renderHeader = (label: string) => element('th', { role: 'columnheader', scope: 'col' }, label)
  return element(
    'table',
    { class: 'facts', role: 'table', part: 'facts' },
    element('caption', {}, caption),
    element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, factsText.columns.map(renderHeader))),
    element(
      'tbody',
      { role: 'rowgroup' },
      facts.map((fact) => renderRow(fact, now)),
    ),
  )
}

function renderRow(fact: Fact, now: Date): MarkupElement {
  const { label, period, source } = fact
  const stale = formatStaleness(fact, now)
  const renderCell = (...parts: MarkupNode[]) => element('td', { role: 'cell' }, ...parts)
  return element(
    'tr',
    { role: 'row' },
    element('th', { role: 'rowheader', scope: 'row' }, label),
    element(
      'td',
      { role: 'cell', class: typeof fact.value === 'number' ? 'figure' : undefined },
      formatFactValue(fact),
      typeof fact.value === 'number' && element('small', {}, ` ${formatFactScope(fact)}`),
    ),
    renderCell(period, stale !== undefined && element('span', { class: 'stale' }, stale)),
    renderCell(createLink(source.url, source.name)),
  )
}
