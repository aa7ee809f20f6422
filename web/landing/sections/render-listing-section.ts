import type * as z from 'zod'
import type { listSchools } from '#shared/contract/catalog/catalog.ts'
import type { Modality, ProgramLevel } from '#shared/domain/vocabulary.ts'
import { element, type MarkupNode } from '../../parts/element.ts'
import { renderSchoolList } from '../../parts/render-school-list.ts'
import { levelLabels, modalityLabels } from '../../words/choices.ts'
import { landingText } from '../../words/landing.ts'
import { listingText } from '../../words/visitor.ts'
import { buildLink, getCareerPath, getProgramPath, type Site } from '../landing-request.ts'

type Listing = z.output<(typeof listSchools)['responses'][200]['body']>
export type LandingFilter = {
  state?: string | undefined
  level?: ProgramLevel | undefined
  modality?: Modality | undefined
  /** What a visitor typed as state, if it is none. */
  unknownState?: string | undefined
}
type ListingTarget = { slug: string; filter: LandingFilter; site: Site }
const text = landingText.listing

/** The sponsored listing with its filters, in numbered pages, each with its own address. */
export function renderListingSection(listing: Listing, target: ListingTarget): MarkupNode {
  const { slug, site } = target
  return element(
    'section',
    { 'aria-labelledby': 'schools' },
    element('h2', { id: 'schools' }, listingText.title),
    renderFilters(target),
    renderCount(listing.page, target),
    renderSchoolList(
      listing,
      ({ programId, name }, { name: school, links }) =>
        element(
          'a',
          {
            class: 'button second',
            href: buildLink(`${getCareerPath(slug)}/request`, site, [['program', programId]]),
            rel: links.rel,
            'aria-label': text.requestFor(name, school),
          },
          text.request,
        ),
      ({ programId }) => buildLink(getProgramPath(slug, programId), site),
    ),
    renderPager(listing.page, target),
  )
}

function renderFilters({ slug, filter, site }: ListingTarget): MarkupNode {
  return element(
    'form',
    { class: 'filters', method: 'get', action: `${getCareerPath(slug)}#schools`, 'aria-label': text.filters },
    renderStateInput(filter),
    renderSelect('level', text.level, levelLabels, filter.level),
    renderSelect('modality', text.modality, modalityLabels, filter.modality),
    [...site.labels].map(([name, value]) => element('input', { type: 'hidden', name, value })),
    element('button', { class: 'button second' }, text.apply),
  )
}

function renderStateInput({ state, unknownState }: LandingFilter): MarkupNode {
  const messageId = unknownState === undefined ? 'filter-state-help' : 'filter-state-fault'
  const message = unknownState === undefined ? text.stateHelp : text.unknownState
  return element(
    'div',
    { class: 'field' },
    element('label', { for: 'filter-state' }, text.state),
    element('input', {
      id: 'filter-state',
      name: 'state',
      autocomplete: 'postal-code',
      maxlength: 40,
      value: unknownState ?? state ?? '',
      'aria-invalid': unknownState !== undefined && 'true',
      'aria-describedby': messageId,
    }),
    element('p', { class: unknownState === undefined ? 'help' : 'fault', id: messageId }, message),
  )
}

function renderSelect(name: string, label: string, labels: { [value: string]: string }, selected?: string): MarkupNode {
  const id = `filter-${name}`
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    element(
      'select',
      { id, name },
      element('option', { value: '' }, text.any),
      Object.entries(labels).map(([value, option]) =>
        element('option', { value, selected: value === selected }, option),
      ),
    ),
  )
}

function renderCount({ total }: Listing['page'], { slug, filter, site }: ListingTarget): MarkupNode {
  const { state, level, modality } = filter
  const names = [state, level && levelLabels[level], modality && modalityLabels[modality]].filter(Boolean)
  return element(
    'p',
    { class: 'count' },
    total === 0 && names.length > 0 ? text.none : [text.count(total), names.length > 0 && `: ${names.join(', ')}`],
    names.length > 0 && [' ', element('a', { href: buildLink(`${getCareerPath(slug)}#schools`, site) }, text.clear)],
  )
}

function renderPager({ number, pages, next, previous }: Listing['page'], target: ListingTarget): MarkupNode {
  if (pages < 2) return undefined
  const renderLink = (page: number, label: string, attributes: { rel?: string; 'aria-label'?: string }) =>
    element('li', {}, element('a', { href: getListingUrl(page, target), ...attributes }, label))
  return element(
    'nav',
    { class: 'pages', 'aria-label': listingText.pages },
    element(
      'ul',
      { class: 'pager' },
      previous !== null && renderLink(previous, text.previous, { rel: 'prev' }),
      Array.from({ length: pages }, (_, index) => index + 1).map((page) =>
        page === number
          ? element('li', {}, element('span', { 'aria-current': 'page' }, String(page)))
          : renderLink(page, String(page), { 'aria-label': listingText.page(page) }),
      ),
      next !== null && renderLink(next, text.next, { rel: 'next' }),
    ),
  )
}

function getListingUrl(page: number, { slug, filter: { state, level, modality }, site }: ListingTarget): string {
  const query = Object.entries({ state, level, modality, page: page > 1 ? String(page) : undefined })
  const pairs = query.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))
  return buildLink(`${getCareerPath(slug)}#schools`, site, pairs)
}
