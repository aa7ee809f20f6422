import type { Career } from '#shared/domain/catalog/career.ts'

type Fill = (career: Career) => Career

const limits = { aliases: 50, aliasLength: 120, related: 20 }

/** Titles that it has not yet, as many as there is room for; its own are kept. */
export function withAliases(titles: readonly string[]): Fill {
  return (career) => {
    const knownTitles = new Set([career.title, ...career.aliases].map(normalizeTitle))
    const newTitles = titles.filter((title) => {
      if (title === '' || title.length > limits.aliasLength || knownTitles.has(normalizeTitle(title))) return false
      knownTitles.add(normalizeTitle(title))
      return true
    })
    return {
      ...career,
      aliases: [...career.aliases, ...newTitles].slice(0, Math.max(limits.aliases, career.aliases.length)),
    }
  }
}

/** In the place of the section with its id, or after all others. Sections that staff wrote have ids of their own. */
export function withSection(section: Career['sections'][number]): Fill {
  return (career) => {
    if (section.body === '') return career
    const isPresent = career.sections.some(({ id }) => id === section.id)
    const sections = career.sections.map((existing) => (existing.id === section.id ? section : existing))
    return { ...career, sections: isPresent ? sections : [...sections, section] }
  }
}

/** Careers that it does not name yet, the closest first, as many as there is room for. */
export function withRelated(near: Career['relatedCareers']): Fill {
  return (career) => {
    const relatedSlugs = new Set(career.relatedCareers.map(({ slug }) => slug))
    const newCareers = near.filter(({ slug }) => !relatedSlugs.has(slug) && relatedSlugs.add(slug))
    return { ...career, relatedCareers: [...career.relatedCareers, ...newCareers].slice(0, limits.related) }
  }
}

/** In the place of the credit for an older release. */
export function withAttribution(credit: Career['attributions'][number]): Fill {
  return (career) => {
    const isPresent = career.attributions.some(({ url }) => url === credit.url)
    const attributions = career.attributions.map((existing) => (existing.url === credit.url ? credit : existing))
    return { ...career, attributions: isPresent ? attributions : [...attributions, credit] }
  }
}

function normalizeTitle(title: string): string {
  return title.toLowerCase().replace(/\s+/g, ' ')
}
