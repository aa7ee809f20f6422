import type { CareerFact } from '../../shared/domain/catalog/fact.ts'
import { formatFactScope, formatFactValue, formatStaleness } from '../words/format-fact.ts'
import { factsText } from '../words/visitor.ts'
import { createLink, element, type MarkupElement, type MarkupNode } from './element.ts'

/** A fact, on the page of a career with what that page adds. */
type ShownFact = CareerFact & { footnote?: number | undefined; careerTitle?: string | undefined }
type FactsTable = {
  caption: string
  now: Date
  /** Whether the page lists the numbered sources. */
  hasFootnotes?: boolean
  /** The address of the page of another career. Absent: the page links to none. */
  buildCareerLink?: (slug: string) => string
}

/** Facts with period and source; outdated ones are marked. */
export function renderFactsTable(facts: readonly ShownFact[], { caption, ...options }: FactsTable): MarkupElement {
  // A page that lists its numbered sources names each once.
  const columns = options.hasFootnotes ? factsText.columns.slice(0, -1) : factsText.columns
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

function renderRow(
  fact: ShownFact,
  { now, hasFootnotes, buildCareerLink }: Omit<FactsTable, 'caption'>,
): MarkupElement {
  const { label, period, source, footnote, careerSlug, careerTitle } = fact
  const stale = formatStaleness(fact, now)
  const renderCell = (...parts: MarkupNode[]) => element('td', {}, ...parts)
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      buildCareerLink && careerSlug !== undefined && careerTitle !== undefined
        ? element('a', { href: buildCareerLink(careerSlug), title: careerTitle }, label)
        : label,
    ),
    element(
      'td',
      { class: typeof fact.value === 'number' ? 'figure' : undefined },
      formatFactValue(fact),
      hasFootnotes &&
        footnote !== undefined &&
        element('sup', {}, element('a', { href: `#${footnotePrefix}${footnote}` }, `${footnote}`)),
      typeof fact.value === 'number' && element('small', {}, ` ${formatFactScope(fact)}`),
      fact.note !== undefined && element('small', {}, ` ${fact.note}`),
    ),
    renderCell(period, stale !== undefined && element('span', { class: 'stale' }, stale)),
    !hasFootnotes && renderCell(createLink(source.url, source.name)),
  )
}

/** Of the IDs of numbered sources. */
export const footnotePrefix = 'source-'
