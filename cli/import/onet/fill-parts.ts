import type { Career } from '#shared/domain/catalog/career.ts'

type Fill = (career: Career) => Career

const most = { aliases: 50, aliasLength: 120, related: 20 }

/** Titles that it has not yet, as many as there is room for; its own are kept. */
export function withAliases(titles: readonly string[]): Fill {
  return (career) => {
    const known = new Set([career.title, ...career.aliases].map(plain))
    const fresh = titles.filter((title) => {
      if (title === '' || title.length > most.aliasLength || known.has(plain(title))) return false
      known.add(plain(title))
      return true
    })
    return { ...career, aliases: [...career.aliases, ...fresh].slice(0, Math.max(most.aliases, career.aliases.length)) }
  }
}

/** In the place of the section with its id, or after all others. Sections that staff wrote have ids of their own. */
export function withSection(section: Career['sections'][number]): Fill {
  return (career) => {
    if (section.body === '') return career
    const isThere = career.sections.some(({ id }) => id === section.id)
    const replaced = career.sections.map((standing) => (standing.id === section.id ? section : standing))
    return { ...career, sections: isThere ? replaced : [...replaced, section] }
  }
}

/** Careers that it does not name yet, the closest first, as many as there is room for. */
export function withRelated(near: Career['relatedCareers']): Fill {
  return (career) => {
    const named = new Set(career.relatedCareers.map(({ slug }) => slug))
    const fresh = near.filter(({ slug }) => !named.has(slug) && named.add(slug))
    return { ...career, relatedCareers: [...career.relatedCareers, ...fresh].slice(0, most.related) }
  }
}

/** In the place of the credit for an older release. */
export function credited(credit: Career['attributions'][number]): Fill {
  return (career) => {
    const isThere = career.attributions.some(({ url }) => url === credit.url)
    const replaced = career.attributions.map((standing) => (standing.url === credit.url ? credit : standing))
    return { ...career, attributions: isThere ? replaced : [...replaced, credit] }
  }
}

function plain(title: string): string {
  return title.toLowerCase().replace(/\s+/g, ' ')
}
