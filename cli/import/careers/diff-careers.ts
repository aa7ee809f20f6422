import { isDeepStrictEqual } from 'node:util'
import type { Career } from '#shared/domain/catalog/career.ts'
import type { Fact } from '#shared/domain/catalog/fact.ts'
import { formatFactValue } from '#web/words/format-fact.ts'
import { isSameFact } from './merge-facts.ts'

export type Change = {
  field: string
  kind: 'added' | 'changed' | 'removed'
  before?: string
  after?: string
}
export type CareerChanges = { changes: Change[]; unchanged: number }

/** Lists the differences between the stored career and the planned one, by part. */
export function diffCareers(before: Career, after: Career): CareerChanges {
  const diffs = [
    diffParts(before.facts, after.facts, {
      isSame: isSameFact,
      name: ({ metric, geography }) => `fact ${metric}, ${geography}`,
      format: formatFact,
    }),
    diffParts(before.aliases, after.aliases, { isSame: isEqual, name: () => 'alias', format: (alias) => alias }),
    diffParts(before.sections, after.sections, {
      isSame: (a, b) => a.id === b.id,
      name: ({ id }) => `section ${id}`,
      format: ({ body }) => body,
    }),
    diffParts(toArray(before.education), toArray(after.education), {
      isSame: () => true,
      name: () => 'education',
      format: (text) => text,
    }),
    diffParts(before.relatedCareers, after.relatedCareers, {
      isSame: (a, b) => a.slug === b.slug,
      name: ({ slug }) => `related career ${slug}`,
      format: ({ reason, tier }) => (tier === undefined ? reason : `${reason} (${tier})`),
    }),
    diffParts(before.fieldsOfStudy ?? [], after.fieldsOfStudy ?? [], {
      isSame: (a, b) => a.cip === b.cip,
      name: ({ cip }) => `field of study ${cip}`,
      format: ({ title }) => title,
    }),
    diffParts(before.onetSoc ?? [], after.onetSoc ?? [], {
      isSame: isEqual,
      name: () => 'O*NET-SOC code',
      format: (code) => code,
    }),
    diffParts(before.attributions, after.attributions, {
      isSame: (a, b) => a.name === b.name || (a.url !== undefined && a.url === b.url),
      name: () => 'credit',
      format: ({ name }) => name,
    }),
  ]
  return {
    changes: diffs.flatMap(({ changes }) => changes),
    unchanged: diffs.reduce((sum, { unchanged }) => sum + unchanged, 0),
  }
}

type PartComparison<Part> = {
  isSame: (a: Part, b: Part) => boolean
  name: (part: Part) => string
  format: (part: Part) => string
}

function diffParts<Part>(
  before: readonly Part[],
  after: readonly Part[],
  { isSame, name, format }: PartComparison<Part>,
): CareerChanges {
  let unchanged = 0
  const changes = after.flatMap((current): Change[] => {
    const matches = before.filter((part) => isSame(part, current))
    if (matches.some((part) => isDeepStrictEqual(part, current))) {
      unchanged += 1
      return []
    }
    const [previous] = matches
    if (previous === undefined) return [{ field: name(current), kind: 'added', after: format(current) }]
    return [{ field: name(current), kind: 'changed', before: format(previous), after: format(current) }]
  })
  const removed = before
    .filter((previous) => !after.some((part) => isSame(part, previous)))
    .map((previous): Change => ({ field: name(previous), kind: 'removed', before: format(previous) }))
  return { changes: [...changes, ...removed], unchanged }
}

function formatFact(fact: Fact): string {
  return `${formatFactValue(fact)} (${fact.label}, ${fact.period})`
}

function toArray(text: string | undefined): string[] {
  return text === undefined ? [] : [text]
}

function isEqual(a: string, b: string): boolean {
  return a === b
}
