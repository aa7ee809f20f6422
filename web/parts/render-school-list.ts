import type * as z from 'zod'
import type { listedSchool } from '../../shared/contract/catalog/catalog.ts'
import { levelLabels, modalityLabels } from '../words/choices.ts'
import { listingText } from '../words/visitor.ts'
import { element, type MarkupElement, type MarkupNode } from './element.ts'

type ListedSchool = z.output<typeof listedSchool>
type Listing = { disclosure: { text: string }; rankingBasis: string; schools: readonly ListedSchool[] }
/** Renders the link from a program to its request form; undefined if the page has none. */
type RequestLinkRenderer = (program: ListedSchool['programs'][number], school: ListedSchool) => MarkupNode

/**
 * A page of the sponsored listing. The disclosure above it and the label at each sponsored school are always shown, and
 * have no `part`, so no page can restyle them.
 */
export function renderSchoolList(
  { disclosure, rankingBasis, schools }: Listing,
  renderRequestLink: RequestLinkRenderer,
): MarkupElement {
  return element(
    'div',
    { class: 'listing' },
    element('p', { class: 'disclosure' }, element('strong', {}, listingText.sponsoredListing), ' ', disclosure.text),
    element(
      'ol',
      { class: 'schools', part: 'list', start: schools[0]?.position },
      schools.map((school) => renderSchool(school, renderRequestLink)),
    ),
    schools.length === 0 && element('p', {}, listingText.empty),
    element('p', { class: 'basis' }, rankingBasis),
  )
}

function renderSchool(school: ListedSchool, renderRequestLink: RequestLinkRenderer): MarkupElement {
  const { name, sponsored, placementBasis, programs } = school
  return element(
    'li',
    { class: 'school', part: 'item' },
    element(
      'div',
      { class: 'school-name' },
      element('h3', { part: 'name' }, name),
      sponsored && element('span', { class: 'sponsored' }, listingText.sponsored),
    ),
    element(
      'ul',
      { class: 'programs' },
      programs.map((program) =>
        element(
          'li',
          {},
          element(
            'span',
            {},
            element('span', { class: 'program' }, program.name),
            element('small', {}, `${levelLabels[program.level]} · ${modalityLabels[program.modality]}`),
          ),
          renderRequestLink(program, school),
        ),
      ),
    ),
    element('p', { class: 'basis' }, placementBasis),
  )
}
