import { isDeepStrictEqual } from 'node:util'
import type { Career, Fact } from '#shared/domain/catalog/career.ts'
import { formatFactValue } from '#web/words/format-fact.ts'
import { isSameFact } from './merge-facts.ts'

export type Change = { what: string; how: 'added' | 'changed' | 'removed'; was?: string; now?: string }
export type CareerChanges = { changes: Change[]; unchanged: number }

/** What differs between a career as it stands and as it would be, part by part. */
export function diffCareers(before: Career, after: Career): CareerChanges {
  const diffs = [
    diffParts(before.facts, after.facts, {
      isSame: isSameFact,
      what: ({ metric, geography }) => `fact ${metric}, ${geography}`,
      format: formatFact,
    }),
    diffParts(before.aliases, after.aliases, { isSame: isEqual, what: () => 'alias', format: (alias) => alias }),
    diffParts(before.sections, after.sections, {
      isSame: (a, b) => a.id === b.id,
      what: ({ id }) => `section ${id}`,
      format: ({ body }) => body,
    }),
    diffParts(toArray(before.education), toArray(after.education), {
      isSame: () => true,
      what: () => 'education',
      format: (text) => text,
    }),
    diffParts(before.relatedCareers, after.relatedCareers, {
      isSame: (a, b) => a.slug === b.slug,
      what: ({ slug }) => `related career ${slug}`,
      format: ({ reason }) => reason,
    }),
    diffParts(before.attributions, after.attributions, {
      isSame: (a, b) => a.name === b.name || (a.url !== undefined && a.url === b.url),
      what: () => 'credit',
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
  what: (part: Part) => string
  format: (part: Part) => string
}

function diffParts<Part>(
  before: readonly Part[],
  after: readonly Part[],
  { isSame, what, format }: PartComparison<Part>,
): CareerChanges {
  let unchanged = 0
  const changes = after.flatMap((now): Change[] => {
    const matches = before.filter((part) => isSame(part, now))
    if (matches.some((part) => isDeepStrictEqual(part, now))) {
      unchanged += 1
      return []
    }
    const [was] = matches
    if (was === undefined) return [{ what: what(now), how: 'added', now: format(now) }]
    return [{ what: what(now), how: 'changed', was: format(was), now: format(now) }]
  })
  const removed = before
    .filter((was) => !after.some((part) => isSame(part, was)))
    .map((was): Change => ({ what: what(was), how: 'removed', was: format(was) }))
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
