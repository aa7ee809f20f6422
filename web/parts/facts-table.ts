import type { Fact } from '../../shared/domain/catalog/career.ts'
import { tellStaleness, tellValue } from '../words/tell-fact.ts'
import { type Element, element, linkTo, type Part } from './element.ts'

/** What is known of a career, each with its period and its source; what is out of date says so. Roles survive a phone's style. */
export function factsTable(facts: readonly Fact[], { caption, now }: { caption: string; now: Date }): Element {
  const head = (words: string) => element('th', { role: 'columnheader', scope: 'col' }, words)
  return element(
    'table',
    { class: 'facts', role: 'table', part: 'facts' },
    element('caption', {}, caption),
    element(
      'thead',
      { role: 'rowgroup' },
      element('tr', { role: 'row' }, head('Fact'), head('Value'), head('Period'), head('Source')),
    ),
    element(
      'tbody',
      { role: 'rowgroup' },
      facts.map((fact) => row(fact, now)),
    ),
  )
}

function row(fact: Fact, now: Date): Element {
  const { label, statistic, period, geography, source } = fact
  const stale = tellStaleness(fact, now)
  const cell = (...parts: Part[]) => element('td', { role: 'cell' }, ...parts)
  return element(
    'tr',
    { role: 'row' },
    element('th', { role: 'rowheader', scope: 'row' }, label),
    element(
      'td',
      { role: 'cell', class: typeof fact.value === 'number' ? 'figure' : undefined },
      tellValue(fact),
      typeof fact.value === 'number' && element('small', {}, ` ${statistic}, ${geography}`),
    ),
    cell(period, stale !== undefined && element('span', { class: 'stale' }, stale)),
    cell(linkTo(source.url, source.name)),
  )
}
