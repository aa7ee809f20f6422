import { element } from '../parts/element.ts'
import { landingText } from '../words/landing.ts'
import { buildLink, type LandingResponse, landingRoot, type Site } from './landing-request.ts'
import { type CareerCard, renderCareerCards } from './render-careers-page.ts'
import { renderLayout } from './render-layout.ts'

const text = landingText.homePage
const maxCards = 12

/** The home page: a search over careers, and the first careers or those that were found. */
export function renderHomePage(careers: readonly CareerCard[], query: string, site: Site): LandingResponse {
  const found = query === '' ? careers : searchCareers(careers, query)
  return renderLayout(
    {
      title: text.title(site.brand.name),
      description: text.description,
      ...(query === '' && { canonical: `${site.origin}/` }),
      main: [
        element(
          'div',
          { class: 'hero' },
          element('h1', {}, text.heading),
          element('p', { class: 'lead' }, text.intro),
          element(
            'form',
            { class: 'search', method: 'get', action: '/', role: 'search' },
            element('label', { for: 'query' }, text.search),
            element('p', { class: 'help', id: 'query-help' }, text.searchHelp),
            element('input', {
              id: 'query',
              name: 'query',
              type: 'search',
              maxlength: 100,
              value: query,
              'aria-describedby': 'query-help',
            }),
            [...site.labels].map(([name, value]) => element('input', { type: 'hidden', name, value })),
            element('button', { class: 'button' }, text.submit),
          ),
        ),
        element(
          'section',
          { class: 'results', 'aria-labelledby': 'results' },
          element('h2', { id: 'results' }, query === '' ? text.popular : text.results(found.length, query)),
          found.length === 0 ? element('p', {}, text.none) : renderCareerCards(found.slice(0, maxCards), site),
          element('p', {}, element('a', { href: buildLink(landingRoot, site) }, landingText.allCareers)),
        ),
      ],
    },
    site,
  )
}

/** The careers in whose title or summary each word begins a word; those with all of them in the title come first. */
export function searchCareers(careers: readonly CareerCard[], query: string): CareerCard[] {
  const words = splitWords(query)
  const hasAll = (text: string) => {
    const textWords = splitWords(text)
    return words.every((word) => textWords.some((each) => each.startsWith(word)))
  }
  const inTitle = careers.filter(({ title }) => hasAll(title))
  return [...inTitle, ...careers.filter((each) => !inTitle.includes(each) && hasAll(`${each.title} ${each.summary}`))]
}

/** Words in lower case without accents, and without the plural s. */
function splitWords(text: string): string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
}
