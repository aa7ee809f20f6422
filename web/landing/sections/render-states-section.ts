import type * as z from 'zod'
import type { listStates } from '#shared/contract/catalog/comparisons.ts'
import { element, type MarkupNode } from '../../parts/element.ts'
import { landingText } from '../../words/landing.ts'
import { buildLink, getCareerPath, type Site } from '../landing-request.ts'

export type StateComparison = z.output<(typeof listStates)['responses'][200]['body']>
type StateRow = StateComparison['states'][number]
type StatesTarget = { slug: string; state: string | undefined; site: Site }

const text = landingText.states
// The first ones are seen at once; the others are one click away.
const shownRows = 10

/** A picker of a state, and the states as bars by median pay. A link to a state shows its facts above. */
export function renderStates(comparison: StateComparison, { slug, state, site }: StatesTarget): MarkupNode {
  const { states, period = '', source } = comparison
  const highest = Math.max(1, ...states.map(({ medianAnnualWage }) => toAmount(medianAnnualWage)))
  const renderRow = (row: StateRow) => renderBar(row, { highest, slug, site, isChosen: row.state === state })
  return [
    element(
      'form',
      { class: 'state-picker', method: 'get', action: `${getCareerPath(slug)}#facts` },
      element('label', { for: 'state-figures' }, text.picker),
      element(
        'select',
        { id: 'state-figures', name: 'state' },
        element('option', { value: '' }, text.nation),
        states
          .toSorted((a, b) => (a.name < b.name ? -1 : 1))
          .map((row) => element('option', { value: row.state, selected: row.state === state }, row.name)),
      ),
      [...site.labels].map(([name, value]) => element('input', { type: 'hidden', name, value })),
      element('button', { class: 'button' }, text.submit),
    ),
    element('p', { class: 'help' }, text.caption(period, source?.name ?? '')),
    element('ol', { class: 'state-bars' }, states.slice(0, shownRows).map(renderRow)),
    states.length > shownRows &&
      element(
        'details',
        {},
        element('summary', {}, text.more(states.length - shownRows)),
        element('ol', { class: 'state-bars', start: shownRows + 1 }, states.slice(shownRows).map(renderRow)),
      ),
  ]
}

type BarOptions = { highest: number; slug: string; site: Site; isChosen: boolean }

function renderBar(
  { state, name, medianAnnualWage, employment }: StateRow,
  { highest, slug, site, isChosen }: BarOptions,
): MarkupNode {
  const share = toAmount(medianAnnualWage) / highest
  return element(
    'li',
    { class: isChosen ? 'chosen' : undefined },
    element('a', { href: buildLink(`${getCareerPath(slug)}#facts`, site, [['state', state]]) }, name),
    element(
      'svg',
      { class: 'bar', viewBox: '0 0 200 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      element('rect', { x: 0, y: 0, width: Math.round(share * 200), height: 8 }),
    ),
    element('span', {}, [
      medianAnnualWage === null
        ? text.noPay
        : text.pay(
            typeof medianAnnualWage === 'number' ? `$${medianAnnualWage.toLocaleString('en-US')}` : medianAnnualWage,
          ),
      employment !== null && `, ${text.jobs(employment.toLocaleString('en-US'))}`,
    ]),
  )
}

/** Text such as `$239,200 or more` is drawn as long as the amount that it names. */
function toAmount(pay: StateRow['medianAnnualWage']): number {
  if (typeof pay === 'number') return pay
  return Number(/[\d,]+/.exec(pay ?? '')?.[0].replaceAll(',', '') ?? 0)
}
