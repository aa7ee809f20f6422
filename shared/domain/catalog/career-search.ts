import type { Career } from './career.ts'

/** A word of a career: from its title (3), an alias (2), or a code or field of study (1). */
export type SearchWord = { word: string; weight: number }
/** Careers with a word, by word. */
export type SearchEntries = { [word: string]: { [slug: string]: number } }
/** What one row holds: the entries of the words with the same first letters, and the titles of their careers. */
export type SearchShard = { words: SearchEntries; titles: { [slug: string]: string } }

/** Words share a row by their first letters, so that a search reads one row for each word, however many careers there are. */
const shardLength = 3
export const maxQueryWords = 6
const minTypoLength = 5

/** The words of a career by which it is found. */
export function listSearchWords(
  career: Pick<Career, 'title' | 'aliases' | 'soc' | 'onetSoc' | 'fieldsOfStudy'>,
): SearchWord[] {
  const sources = [
    { weight: 3, texts: [career.title] },
    { weight: 2, texts: career.aliases },
    { weight: 1, texts: (career.fieldsOfStudy ?? []).flatMap(({ cip, title }) => [cip, title]) },
    { weight: 3, texts: [...career.soc, ...(career.onetSoc ?? [])] },
  ]
  const weights = new Map<string, number>()
  for (const { weight, texts } of sources)
    for (const word of texts.flatMap(splitWords)) weights.set(word, Math.max(weight, weights.get(word) ?? 0))
  return [...weights].map(([word, weight]) => ({ word, weight }))
}

/** Words in lower case without accents and without the plural s; a code such as `29-2072` is one word. */
export function splitWords(text: string): string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}.-]+/u)
    .flatMap((part) => (/^\d[\d.-]*$/.test(part) ? part.replace(/[.-]+$/, '') : part.split(/[.-]+/)))
    .filter((word) => word !== '' && !fillWords.has(word))
    .map((word) => (word.length > 3 ? word.replace(/(?<!s)s$/, '') : word))
}
const fillWords = new Set(['a', 'all', 'and', 'except', 'for', 'in', 'of', 'or', 'other', 'the', 'to', 'with'])

export function toShardName(word: string): string {
  // By characters: half of one is no key.
  return [...word].slice(0, shardLength).join('')
}

/** All shards of a catalog, by name. */
export function buildSearchShards(careers: readonly { slug: string; career: Parameters<typeof listSearchWords>[0] }[]) {
  const shards = new Map<string, SearchShard>()
  for (const { slug, career } of careers)
    for (const { word, weight } of listSearchWords(career)) {
      const name = toShardName(word)
      const shard = shards.get(name) ?? { words: {}, titles: {} }
      shards.set(name, shard)
      shard.words[word] = { ...shard.words[word], [slug]: weight }
      shard.titles[slug] = career.title
    }
  return shards
}

/** The shards that a word may be in: its own, and those of its first letters with two of them exchanged. */
export function listShardNames(word: string): string[] {
  const [a = '', b = '', c = ''] = word
  return [...new Set([toShardName(word), `${b}${a}${c}`, `${a}${c}${b}`])]
}

/**
 * The careers that have every word of a query, the best first: a whole word counts more than a beginning, and a beginning more than a word with a
 * typing error; a title counts more than an alias. Words may come in any order.
 */
export function rankCareers(
  words: readonly string[],
  shards: readonly SearchShard[],
): { slug: string; title: string }[] {
  const scores = words.map((word) => scoreWord(word, shards))
  const [first = new Map<string, number>(), ...others] = scores
  const titles = new Map(shards.flatMap((shard) => Object.entries(shard.titles)))
  return [...first]
    .flatMap(([slug, score]) => {
      const rest = others.map((other) => other.get(slug))
      if (rest.some((one) => one === undefined)) return []
      const title = titles.get(slug) ?? slug
      const total = rest.reduce((sum: number, one) => sum + (one ?? 0), score)
      // Of two careers with the same words, the one with the shorter title is meant.
      return [{ slug, title, total: total - splitWords(title).length / 10 }]
    })
    .toSorted((a, b) => b.total - a.total || (a.title < b.title ? -1 : 1))
    .map(({ slug, title }) => ({ slug, title }))
}

function scoreWord(word: string, shards: readonly SearchShard[]): Map<string, number> {
  const scores = new Map<string, number>()
  for (const { words } of shards)
    for (const [candidate, careers] of Object.entries(words)) {
      const closeness = compareWords(word, candidate)
      if (closeness === 0) continue
      for (const [slug, weight] of Object.entries(careers))
        scores.set(slug, Math.max(scores.get(slug) ?? 0, closeness * weight))
    }
  return scores
}

/** 4: the same word, 2: its beginning, 1: one letter is wrong, missing, too many or exchanged; 0: another word. */
function compareWords(word: string, candidate: string): number {
  if (word === candidate) return 4
  if (candidate.startsWith(word)) return 2
  if (word.length < minTypoLength) return 0
  return isOneEditAway(word, candidate) || isOneEditAway(word, candidate.slice(0, word.length)) ? 1 : 0
}

function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  const [restA, restB] = [a.slice(start), b.slice(start)]
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  )
}
