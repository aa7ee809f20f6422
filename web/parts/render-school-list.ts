import type * as z from 'zod'
import type { listedSchool } from '../../shared/contract/catalog/catalog.ts'
import { levelLabels, modalityLabels } from '../words/choices.ts'
import { element, type MarkupElement, type MarkupNode } from './element.ts'

type ListedSchool = z.output<typeof listedSchool>
type Listing = { disclosure: { text: string }; rankingBasis: string; schools: readonly ListedSchool[] }
/** How a program leads on to its form; nothing where it does not. */
type RequestLinkRenderer = (program: ListedSchool['programs'][number], school: ListedSchool) => MarkupNode

/**
 * A page of a listing: what is paid for is said above it and at each school, and no argument leaves that out. What a
 * page may not restyle has no `part`.
 */
export function renderSchoolList(
  { disclosure, rankingBasis, schools }: Listing,
  renderRequestLink: RequestLinkRenderer,
): MarkupElement {
  return element(
    'div',
    { class: 'listing' },
    element('p', { class: 'disclosure' }, element('strong', {}, 'Sponsored listing. '), disclosure.text),
    element(
      'ol',
      { class: 'schools', part: 'list', start: schools[0]?.position },
      schools.map((school) => renderSchool(school, renderRequestLink)),
    ),
    schools.length === 0 && element('p', {}, 'No school is listed here just now.'),
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
      sponsored && element('span', { class: 'sponsored' }, 'Sponsored'),
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
