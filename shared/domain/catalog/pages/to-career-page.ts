import type { Career } from '../career.ts'

/** Returns a career as its page shows it, with the titles of related careers and the number of listed programs of each degree. */
export function toCareerPage(
  slug: string,
  career: Career,
  { titles, levels }: { titles: { [slug: string]: string }; levels: { [level: string]: number } },
) {
  const { relatedCareers, degreeOptions, attributions, facts, ...rest } = career
  const getTitle = (other: string | undefined) =>
    other !== undefined && Object.hasOwn(titles, other) ? titles[other] : undefined
  const credits = [...facts.map(({ source }) => source), ...attributions]
  const sources = new Map(credits.map((credit) => [credit.name, credit]))
  return {
    slug,
    ...rest,
    facts: facts.map(({ careerSlug, ...one }) => {
      const careerTitle = getTitle(careerSlug)
      return careerTitle === undefined ? one : { ...one, careerSlug, careerTitle }
    }),
    relatedCareers: relatedCareers.flatMap(({ slug: other, reason, tier }) => {
      const title = getTitle(other)
      return title === undefined ? [] : [{ slug: other, title, reason, ...(tier && { tier }) }]
    }),
    degreeOptions: degreeOptions.map(({ level, label }) => ({ level, label, programCount: levels[level] ?? 0 })),
    attributions: [...sources.values()],
  }
}

/** The slugs of other careers whose titles the page of a career shows. */
export function listShownCareers({ relatedCareers, facts }: Pick<Career, 'relatedCareers' | 'facts'>): string[] {
  const slugs = [...relatedCareers.map(({ slug }) => slug), ...facts.map(({ careerSlug }) => careerSlug)]
  return [...new Set(slugs.filter((slug) => slug !== undefined))]
}
