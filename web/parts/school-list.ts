import type * as z from 'zod'
import type { listedSchool } from '../../shared/contract/catalog/catalog.ts'
import { levelWords, modalityWords } from '../words/choices.ts'
import { type Element, element, type Part } from './element.ts'

type Listed = z.output<typeof listedSchool>
type Listing = { disclosure: { text: string }; rankingBasis: string; schools: readonly Listed[] }
/** How a program leads on to its form; nothing where it does not. */
type RequestLink = (program: Listed['programs'][number], school: Listed) => Part

/**
 * A page of a listing: what is paid for is said above it and at each school, and no argument leaves that out. What a
 * page may not restyle has no `part`.
 */
export function schoolList({ disclosure, rankingBasis, schools }: Listing, requestLink: RequestLink): Element {
  return element(
    'div',
    { class: 'listing' },
    element('p', { class: 'disclosure' }, element('strong', {}, 'Sponsored listing. '), disclosure.text),
    element(
      'ol',
      { class: 'schools', part: 'list', start: schools[0]?.position },
      schools.map((school) => item(school, requestLink)),
    ),
    schools.length === 0 && element('p', {}, 'No school is listed here just now.'),
    element('p', { class: 'basis' }, rankingBasis),
  )
}

function item(school: Listed, requestLink: RequestLink): Element {
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
            element('small', {}, `${levelWords[program.level]} · ${modalityWords[program.modality]}`),
          ),
          requestLink(program, school),
        ),
      ),
    ),
    element('p', { class: 'basis' }, placementBasis),
  )
}
