import type { Career } from '#shared/domain/catalog/career.ts'
import type { Fact } from '#shared/domain/catalog/fact.ts'
import { findPublishedCode, listDetailedCodes, type PublishedCode } from '../codes/combined-codes.ts'
import { describeMissingCode } from '../codes/describe-missing-code.ts'
import { findQuotedFigures } from './find-quoted-figures.ts'
import { isSameFact, mergeFacts } from './merge-facts.ts'
import { isSameTitle, type Occupation } from './name-fact.ts'
import type { FilledCareer } from './plan-careers.ts'

type OccupationFacts = { facts: readonly Fact[]; notes: readonly string[] }
export type FactFiles = {
  /** Their description in notes, such as `the wage files`. */
  name: string
  /** Detailed codes under which they publish figures. */
  codes: ReadonlySet<string>
  /** The May of the wages, or the base year of the projections. */
  year: number
  /** Metrics that they fill. One that they filled before and do not fill now is removed. */
  metrics: readonly string[]
  source: Fact['source']
  getTitle: (code: string) => string
}

/**
 * Replaces the facts of a career by those of the files, by each of its SOC codes. A figure of the same source and place that the files no
 * longer have is removed, so that no year stands beside another one. A code that the files do not publish gets a note; nothing is guessed.
 * @param buildFacts returns the facts of one occupation of the files
 */
export function fillFacts(
  career: Career,
  files: FactFiles,
  buildFacts: (occupation: Occupation) => OccupationFacts,
): FilledCareer {
  const { occupations, notes } = findOccupations(career, files)
  const results = occupations.map(buildFacts)
  const facts = results.flatMap((result) => result.facts)
  const merged = mergeFacts(career.facts, facts).filter(
    (fact) => facts.includes(fact) || !isReplaced(fact, facts, files),
  )
  return {
    career: { ...career, facts: merged },
    notes: [
      ...notes,
      ...results.flatMap((result) => result.notes),
      ...warnAboutNewerFacts(career.facts, facts),
      ...findQuotedFigures(career, merged),
    ],
  }
}

/** The occupations of a career as the files publish them, each once, with notes about codes that they do not have. */
export function findOccupations(
  career: Pick<Career, 'soc' | 'title' | 'onetSoc'>,
  files: Pick<FactFiles, 'name' | 'codes' | 'year' | 'getTitle'>,
) {
  const found = [...new Set(career.soc)].map((soc) => ({ soc, published: findCodes(soc, files) }))
  const published = new Map(found.flatMap((one) => one.published.map((code) => [code.code, code])))
  const isPart = career.onetSoc?.some((code) => !code.endsWith('.00')) ?? false
  const occupations = [...published.values()].map(({ code, parts }, index): Occupation => {
    const title = files.getTitle(code)
    return {
      code,
      title,
      position: index === 0 ? 'first' : 'further',
      ...(parts && { parts }),
      isWholeCareer: published.size === 1 && !isPart && isSameTitle(title, career.title),
    }
  })
  const missing = found.filter((one) => one.published.length === 0)
  return { occupations, notes: missing.map(({ soc }) => describeMissingCode(soc, files.name)) }
}

/** A code of the career that combines others stands for its parts, if the files publish those. */
function findCodes(soc: string, { codes, year }: Pick<FactFiles, 'codes' | 'year'>): PublishedCode[] {
  const published = findPublishedCode(soc, codes, year)
  if (published) return [published]
  return listDetailedCodes(soc).flatMap((part) => findPublishedCode(part, codes, year) ?? [])
}

/** A figure of an earlier release, or of an occupation that the career no longer has. */
function isReplaced(fact: Fact, incoming: readonly Fact[], { metrics, source }: FactFiles): boolean {
  const metric = fact.metric.replace(/-\d{2}-\d{4}$/, '')
  const isOfPlace = incoming.some(({ geography }) => geography === fact.geography)
  return isOfPlace && metrics.includes(metric) && isSameFact({ ...fact, source }, fact)
}

/** Warns if the files are older than the stored facts, in case the wrong file was used. */
function warnAboutNewerFacts(currentFacts: readonly Fact[], newFacts: readonly Fact[]): string[] {
  const warnings = currentFacts.flatMap((currentFact) => {
    const replacement = newFacts.find((fact) => isSameFact(fact, currentFact))
    return replacement && Date.parse(currentFact.asOf) > Date.parse(replacement.asOf)
      ? [`The stored fact of ${currentFact.period} is newer than ${replacement.period}`]
      : []
  })
  return [...new Set(warnings)].map((warning) => `${warning}. Check the file.`)
}
