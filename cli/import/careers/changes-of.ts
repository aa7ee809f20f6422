import { isDeepStrictEqual } from 'node:util'
import type { Career, Fact } from '#shared/domain/catalog/career.ts'
import { tellValue } from '#web/words/tell-fact.ts'
import { saysTheSame } from './merge-facts.ts'

export type Change = { what: string; how: 'added' | 'changed' | 'removed'; was?: string; now?: string }
export type Changes = { changes: Change[]; unchanged: number }

/** What differs between a career as it stands and as it would be, part by part. */
export function changesOf(before: Career, after: Career): Changes {
  const kinds = [
    compared(before.facts, after.facts, {
      isSame: saysTheSame,
      what: ({ metric, geography }) => `fact ${metric}, ${geography}`,
      told: tellFact,
    }),
    compared(before.aliases, after.aliases, { isSame: isEqual, what: () => 'alias', told: (alias) => alias }),
    compared(before.sections, after.sections, {
      isSame: (a, b) => a.id === b.id,
      what: ({ id }) => `section ${id}`,
      told: ({ body }) => body,
    }),
    compared(lone(before.education), lone(after.education), {
      isSame: () => true,
      what: () => 'education',
      told: (text) => text,
    }),
    compared(before.relatedCareers, after.relatedCareers, {
      isSame: (a, b) => a.slug === b.slug,
      what: ({ slug }) => `related career ${slug}`,
      told: ({ reason }) => reason,
    }),
    compared(before.attributions, after.attributions, {
      isSame: (a, b) => a.name === b.name || (a.url !== undefined && a.url === b.url),
      what: () => 'credit',
      told: ({ name }) => name,
    }),
  ]
  return {
    changes: kinds.flatMap(({ changes }) => changes),
    unchanged: kinds.reduce((sum, { unchanged }) => sum + unchanged, 0),
  }
}

type Telling<Part> = {
  isSame: (a: Part, b: Part) => boolean
  what: (part: Part) => string
  told: (part: Part) => string
}

function compared<Part>(
  before: readonly Part[],
  after: readonly Part[],
  { isSame, what, told }: Telling<Part>,
): Changes {
  let unchanged = 0
  const changes = after.flatMap((now): Change[] => {
    const same = before.filter((part) => isSame(part, now))
    if (same.some((part) => isDeepStrictEqual(part, now))) {
      unchanged += 1
      return []
    }
    const [was] = same
    if (was === undefined) return [{ what: what(now), how: 'added', now: told(now) }]
    return [{ what: what(now), how: 'changed', was: told(was), now: told(now) }]
  })
  const removed = before
    .filter((was) => !after.some((part) => isSame(part, was)))
    .map((was): Change => ({ what: what(was), how: 'removed', was: told(was) }))
  return { changes: [...changes, ...removed], unchanged }
}

function tellFact(fact: Fact): string {
  return `${tellValue(fact)} (${fact.label}, ${fact.period})`
}

function lone(text: string | undefined): string[] {
  return text === undefined ? [] : [text]
}

function isEqual(a: string, b: string): boolean {
  return a === b
}
