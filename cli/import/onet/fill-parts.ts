import type { Career } from '#shared/domain/catalog/career.ts'

type Fill = (career: Career) => Career

const limits = { aliases: 50, aliasLength: 120, related: 20 }

/** Appends titles that the career does not have, up to the limit. */
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

/** Replaces the section with the same ID, or appends it. Sections of staff have other IDs. */
export function withSection(section: Career['sections'][number]): Fill {
  return (career) => {
    if (section.body === '') return career
    const isPresent = career.sections.some(({ id }) => id === section.id)
    const sections = career.sections.map((existing) => (existing.id === section.id ? section : existing))
    return { ...career, sections: isPresent ? sections : [...sections, section] }
  }
}

/**
 * Replaces the related careers that imports wrote, closest first, up to the limit. Those of staff stay, and come first.
 */
export function withRelated(near: Career['relatedCareers']): Fill {
  return (career) => {
    const ownCareers = career.relatedCareers.filter(({ reason }) => !isImportedReason(reason))
    const relatedSlugs = new Set(ownCareers.map(({ slug }) => slug))
    const newCareers = near.filter(({ slug }) => !relatedSlugs.has(slug) && relatedSlugs.add(slug))
    return { ...career, relatedCareers: [...ownCareers, ...newCareers].slice(0, limits.related) }
  }
}

function isImportedReason(reason: string): boolean {
  return /^(The )?O\*NET®? (database )?lists it (among the|as)/.test(reason)
}

/** Replaces the credit of an older release, or appends it. */
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
