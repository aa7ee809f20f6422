import type { Fact } from '#shared/domain/catalog/fact.ts'
import { element, type MarkupNode } from '../../parts/element.ts'
import { formatFactValue } from '../../words/format-fact.ts'
import { landingText } from '../../words/landing.ts'

const text = landingText.figures
type NumberFact = Fact & { value: number }
export type KeyFigures = {
  /** A number, or text such as `$239,200 or more`. */
  pay?: Fact | undefined
  /** The 10th and the 90th percentile of the release and place of `pay`. */
  range?: { low: number; high: number } | undefined
  growth?: NumberFact | undefined
  education?: Fact | undefined
}

/** The newest national figures that a visitor looks for first. Facts of further SOC codes have other metrics. */
export function findKeyFigures(facts: readonly Fact[]): KeyFigures {
  const national = facts.filter(({ geography }) => geography === 'United States')
  const findNewest = (metric: string) =>
    national.filter((fact) => fact.metric === metric).toSorted((a, b) => b.asOf.localeCompare(a.asOf))[0]
  const pay = findNewest('median-annual-wage') ?? findNewest('mean-annual-wage')
  const findRank = (rank: 10 | 90) =>
    national
      .filter(isNumberFact)
      .find(({ metric, period }) => metric === `annual-wage-${rank}th-percentile` && period === pay?.period)?.value
  const [low, high] = [findRank(10), findRank(90)]
  const growth = findNewest('projected-job-growth')
  return {
    pay,
    range: isNumberFact(pay) && low !== undefined && high !== undefined && low < high ? { low, high } : undefined,
    growth: growth && isNumberFact(growth) ? growth : undefined,
    education:
      findNewest('typical-entry-education') ?? findNewest('typical-education') ?? findNewest('degree-required'),
  }
}

/** Pay with its range, growth and typical education, each with period and source. Undefined if the career has none. */
export function renderKeyFigures({ pay, range, growth, education }: KeyFigures): MarkupNode {
  if (!pay && !growth && !education) return undefined
  return element(
    'dl',
    { class: 'figures', 'aria-label': text.title },
    pay &&
      renderFigure(pay.statistic === 'median' ? text.median : text.mean, pay, [
        range && isNumberFact(pay) && renderRange(range, pay.value),
      ]),
    growth && renderFigure(text.growth, growth),
    education && renderFigure(text.education, education),
  )
}

function renderFigure(label: string, fact: Fact, details: MarkupNode = undefined): MarkupNode {
  return element(
    'div',
    { class: typeof fact.value === 'number' ? undefined : 'words' },
    element('dt', {}, label),
    element('dd', { class: 'value' }, formatFigure(fact)),
    details && element('dd', {}, details),
    element('dd', { class: 'from' }, text.from(fact.period, shortenSource(fact.source.name))),
  )
}

/** A bar from low to high with a mark at the typical pay. The sentence below it says the same. */
function renderRange({ low, high }: { low: number; high: number }, value: number): MarkupNode {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)))
  return [
    element(
      'svg',
      { class: 'range', viewBox: '0 0 200 16', 'aria-hidden': 'true' },
      element('rect', { x: 0, y: 5, width: 200, height: 6, rx: 3 }),
      element('circle', { cx: Math.round(8 + share * 184), cy: 8, r: 7 }),
    ),
    element(
      'span',
      { class: 'ends', 'aria-hidden': 'true' },
      element('span', {}, toDollars(low)),
      element('span', {}, toDollars(high)),
    ),
    element('span', { class: 'range-text' }, text.range(toDollars(low), toDollars(high)), '. ', text.rangeHelp),
  ]
}

export function toDollars(value: number): string {
  return value.toLocaleString('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })
}

function formatFigure(fact: Fact): string {
  return fact.unit === 'percent' && Number(fact.value) > 0 ? `+${formatFactValue(fact)}` : formatFactValue(fact)
}

function shortenSource(name: string): string {
  return name.startsWith('U.S. Bureau of Labor Statistics') ? 'BLS' : name
}

function isNumberFact(fact: Fact | undefined): fact is NumberFact {
  return typeof fact?.value === 'number'
}
