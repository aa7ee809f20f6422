import type * as z from 'zod'
import type { listedSchool } from '../../shared/contract/catalog/catalog.ts'
import { levelLabels, modalityLabels } from '../words/choices.ts'
import { formatLength, formatPlace, formatTuition, getInitials } from '../words/format-program.ts'
import { listingText } from '../words/visitor.ts'
import { element, type MarkupElement, type MarkupNode } from './element.ts'

type ListedSchool = z.output<typeof listedSchool>
type ListedProgram = ListedSchool['programs'][number]
type Listing = { disclosure: { text: string }; rankingBasis: string; schools: readonly ListedSchool[] }
/** Renders the link from a program to its request form; undefined if the page has none. */
type RequestLinkRenderer = (program: ListedProgram, school: ListedSchool) => MarkupNode
/** The address of the page of a program. Absent: the page has none. */
type BuildProgramLink = ((program: ListedProgram) => string) | undefined

/**
 * A page of the sponsored listing. The disclosure above it and the label at each sponsored school are always shown, and
 * have no `part`, so no page can restyle them.
 */
export function renderSchoolList(
  { disclosure, rankingBasis, schools }: Listing,
  renderRequestLink: RequestLinkRenderer,
  buildProgramLink?: BuildProgramLink,
): MarkupElement {
  return element(
    'div',
    { class: 'listing' },
    element('p', { class: 'disclosure' }, element('strong', {}, listingText.sponsoredListing), ' ', disclosure.text),
    element(
      'ol',
      { class: 'schools', part: 'list', start: schools[0]?.position },
      schools.map((school) => renderSchool(school, renderRequestLink, buildProgramLink)),
    ),
    schools.length === 0 && element('p', {}, listingText.empty),
    element('p', { class: 'basis' }, rankingBasis),
  )
}

function renderSchool(
  school: ListedSchool,
  renderRequestLink: RequestLinkRenderer,
  buildProgramLink: BuildProgramLink,
): MarkupElement {
  const { name, place, sponsored, placementBasis, programs } = school
  return element(
    'li',
    { class: 'school', part: 'item' },
    element(
      'div',
      { class: 'school-name' },
      renderLogo(school),
      element('h3', { part: 'name' }, name, place && element('small', {}, formatPlace(place))),
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
            element(
              buildProgramLink ? 'a' : 'span',
              { class: 'program', href: buildProgramLink?.(program) },
              program.name,
            ),
            element('small', {}, describeProgram(program).join(' · ')),
          ),
          renderRequestLink(program, school),
        ),
      ),
    ),
    !sponsored && element('p', { class: 'basis' }, placementBasis),
  )
}

/** The name is beside it, so assistive technology need not read it twice. */
function renderLogo({ name, logoUrl }: ListedSchool): MarkupElement {
  return logoUrl === undefined
    ? element('span', { class: 'logo', 'aria-hidden': 'true' }, getInitials(name))
    : element('img', {
        class: 'logo',
        src: logoUrl,
        alt: '',
        width: 48,
        height: 48,
        loading: 'lazy',
        referrerpolicy: 'no-referrer',
      })
}

function describeProgram({ level, modality, length, tuition, place }: ListedProgram): string[] {
  return [
    levelLabels[level],
    modalityLabels[modality],
    ...(length ? [formatLength(length)] : []),
    ...(tuition ? [formatTuition(tuition)] : []),
    ...(place ? [formatPlace(place)] : []),
  ]
}
