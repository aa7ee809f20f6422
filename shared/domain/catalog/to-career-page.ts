import type { Career } from './career.ts'

/** Returns a career as its page shows it, with the titles of related careers and the number of listed programs of each degree. */
export function toCareerPage(
  slug: string,
  career: Career,
  { titles, levels }: { titles: { [slug: string]: string }; levels: { [level: string]: number } },
) {
  const { relatedCareers, degreeOptions, attributions, ...rest } = career
  const credits = [...career.facts.map(({ source }) => source), ...attributions]
  const sources = new Map(credits.map((credit) => [credit.name, credit]))
  return {
    slug,
    ...rest,
    relatedCareers: relatedCareers.flatMap(({ slug: other, reason, tier }) => {
      const title = Object.hasOwn(titles, other) ? titles[other] : undefined
      return title === undefined ? [] : [{ slug: other, title, reason, ...(tier && { tier }) }]
    }),
    degreeOptions: degreeOptions.map(({ level, label }) => ({ level, label, programCount: levels[level] ?? 0 })),
    attributions: [...sources.values()],
  }
}
