import type * as z from 'zod'
import type { offeredProgram } from '#shared/contract/catalog/programs.ts'
import { describeProgram } from '#shared/domain/catalog/pages/program-jsonld.ts'
import { createLink, element, type MarkupNode } from '../parts/element.ts'
import { renderFactsTable } from '../parts/render-facts-table.ts'
import { renderMarkup } from '../parts/render-markup.ts'
import { levelLabels, modalityLabels } from '../words/choices.ts'
import { formatDay, formatLength, formatPlace, formatTuitionPrice } from '../words/format-program.ts'
import { landingText } from '../words/landing.ts'
import { factsText, listingText } from '../words/visitor.ts'
import {
  buildLink,
  getCareerPath,
  getProgramPath,
  type LandingCareer,
  type LandingResponse,
  type Site,
} from './landing-request.ts'
import { renderLayout } from './render-layout.ts'
import { buildBreadcrumb } from './sections/build-breadcrumb.ts'

type Program = z.output<typeof offeredProgram>
const text = landingText.program

/** A program with what is known of it: costs, length, start dates, courses, prerequisites, aid, and its school. */
export function renderProgramPage(
  career: LandingCareer,
  { program, now }: { program: Program; now: Date },
  site: Site,
): LandingResponse {
  const { programId, name, schoolName, school, description, facts = [], contentSource, sponsored } = program
  // Links to schools are paid for.
  const rel = sponsored ? 'sponsored nofollow' : 'nofollow'
  const today = now.toISOString().slice(0, 10)
  // A program of several careers has one address for search engines.
  const path = getProgramPath(program.careerSlugs[0] ?? career.slug, programId)
  const requestLink = element(
    'a',
    {
      class: 'button',
      href: buildLink(`${getCareerPath(career.slug)}/request`, site, [['program', programId]]),
      rel,
    },
    landingText.career.request,
  )
  const logoUrl = school?.logoUrl
  return renderLayout(
    {
      title: text.title(name, schoolName),
      description: text.description(name, schoolName),
      canonical: `${site.origin}${path}`,
      jsonld: [
        { '@context': 'https://schema.org', ...describeProgram(program, today) },
        buildBreadcrumb(
          [
            { name: career.title, path: getCareerPath(career.slug) },
            { name, path },
          ],
          site,
        ),
      ],
      imageOrigins: logoUrl === undefined ? [] : [new URL(logoUrl).origin],
      main: element(
        'article',
        { class: 'narrow program-page' },
        element(
          'nav',
          { class: 'crumbs', 'aria-label': landingText.breadcrumb },
          element('a', { href: buildLink(getCareerPath(career.slug), site) }, landingText.backTo(career.title)),
        ),
        element('h1', { class: 'program-title' }, name, element('small', {}, schoolName)),
        sponsored &&
          element(
            'p',
            { class: 'basis' },
            element('span', { class: 'sponsored' }, listingText.sponsored),
            ' ',
            text.sponsored,
          ),
        element('dl', { class: 'details' }, listDetails(program, today)),
        element('p', { class: 'actions' }, requestLink),
        description !== undefined && element('div', { class: 'text' }, renderMarkup(description, rel)),
        (['curriculum', 'prerequisites', 'financialAid'] as const).map((field) =>
          renderText(field, text[field], program[field], rel),
        ),
        facts.length > 0 &&
          renderSection('figures', text.figures, renderFactsTable(facts, { caption: factsText.caption, now })),
        renderSchool(program, { rel, now }),
        contentSource && renderContentSource(contentSource, rel),
      ),
    },
    site,
  )
}

function listDetails(program: Program, today: string): MarkupNode[] {
  const { level, modality, length, tuition, place = program.schoolPlace, startDates = [], url, sponsored } = program
  const renderDetail = (label: string, ...value: MarkupNode[]) =>
    element('div', {}, element('dt', {}, label), element('dd', {}, ...value))
  const nextDates = startDates.filter((date) => date >= today).toSorted()
  return [
    renderDetail(text.level, levelLabels[level]),
    renderDetail(text.modality, modalityLabels[modality]),
    place && renderDetail(text.place, formatPlace(place)),
    length && renderDetail(text.length, formatLength(length)),
    tuition &&
      renderDetail(
        text.tuition,
        formatTuitionPrice(tuition),
        (tuition.asOf !== undefined || tuition.source) &&
          element(
            'small',
            {},
            tuition.source && createLink(tuition.source.url, tuition.source.name),
            tuition.source && tuition.asOf !== undefined && ', ',
            tuition.asOf !== undefined && text.asOf(formatDay(tuition.asOf)),
          ),
      ),
    nextDates.length > 0 && renderDetail(text.startDates, nextDates.slice(0, maxStartDates).map(formatDay).join('; ')),
    url !== undefined &&
      renderDetail(
        text.website,
        createLink(url, new URL(url).hostname, { rel: sponsored ? 'sponsored nofollow' : 'nofollow' }),
      ),
  ]
}

function renderSchool(
  { schoolName, schoolPlace, school = {} }: Program,
  { rel, now }: { rel: string; now: Date },
): MarkupNode {
  const { url, logoUrl, accreditation = [], facts = [] } = school
  if (url === undefined && accreditation.length + facts.length === 0) return undefined
  return renderSection('school', text.school(schoolName), [
    element(
      'p',
      {},
      logoUrl !== undefined && [
        element('img', { class: 'logo', src: logoUrl, alt: '', width: 48, height: 48, referrerpolicy: 'no-referrer' }),
        ' ',
      ],
      schoolPlace && formatPlace(schoolPlace),
      schoolPlace && url !== undefined && '. ',
      createLink(url, url === undefined ? '' : text.schoolSite, { rel }),
    ),
    accreditation.length > 0 && [
      element('h3', {}, text.accreditation),
      element(
        'ul',
        {},
        accreditation.map(({ name, url: address, asOf }) =>
          element('li', {}, createLink(address, name), asOf !== undefined && ` (${text.asOf(formatDay(asOf))})`),
        ),
      ),
    ],
    facts.length > 0 && renderFactsTable(facts, { caption: factsText.caption, now }),
  ])
}

function renderText(id: string, heading: string, body: string | undefined, rel: string): MarkupNode {
  return body === undefined
    ? undefined
    : renderSection(id, heading, element('div', { class: 'text' }, renderMarkup(body, rel)))
}

function renderSection(id: string, heading: string, ...body: MarkupNode[]): MarkupNode {
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, heading), ...body)
}

function renderContentSource({ name, url, asOf }: NonNullable<Program['contentSource']>, rel: string): MarkupNode {
  return element(
    'p',
    { class: 'basis' },
    text.contentSource,
    ' ',
    createLink(url, name, { rel }),
    `, ${text.asOf(formatDay(asOf))}.`,
  )
}

const maxStartDates = 3
