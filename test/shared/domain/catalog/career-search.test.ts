import { describe, expect, it } from 'vitest'
import { buildSearchShards, listShardNames, rankCareers, splitWords } from '#shared/domain/catalog/career-search.ts'
import { aCareer } from '#test/builders/career.ts'

const careers = [
  {
    slug: 'nurses',
    career: aCareer({ title: 'Registered Nurses', soc: ['29-1141'], aliases: ['RN (Registered Nurse)'] }),
  },
  { slug: 'nurse-managers', career: aCareer({ title: 'Nurse Managers', soc: ['11-9111'] }) },
  {
    slug: 'records',
    career: aCareer({ title: 'Medical Records Specialists', soc: ['29-2072'], aliases: ['Medical Coder'] }),
  },
  {
    slug: 'registrars',
    career: aCareer({
      title: 'Health Information Technologists and Medical Registrars',
      fieldsOfStudy: [{ cip: '51.0707', title: 'Health Information/Medical Records Technology' }],
    }),
  },
]
const shards = buildSearchShards(careers)

function search(query: string): string[] {
  const words = splitWords(query)
  const names = new Set(words.flatMap(listShardNames))
  return rankCareers(
    words,
    [...names].flatMap((name) => shards.get(name) ?? []),
  ).map(({ slug }) => slug)
}

describe('rankCareers', () => {
  it.each([
    ['nurse', ['nurse-managers', 'nurses']],
    ['registered nurses', ['nurses']],
    ['nurse registered', ['nurses']],
    ['reg nur', ['nurses']],
    ['medical coder', ['records']],
    ['29-2072', ['records']],
    ['51.0707', ['registrars']],
    ['medical record', ['records', 'registrars']],
    ['the medical records', ['records', 'registrars']],
    ['nurse coder', []],
    ['', []],
  ])('finds %j by beginnings of words in any order, titles first', (query, slugs) => {
    expect(search(query)).toEqual(slugs)
  })

  it.each([
    ['regsitered', 'nurses'],
    ['registred', 'nurses'],
    ['registerred', 'nurses'],
    ['rgeistered', 'nurses'],
    ['speciallist', 'records'],
  ])('finds a career in spite of the typing error in %j', (query, slug) => {
    expect(search(query)).toContain(slug)
  })

  it('does not take short words for each other', () => {
    expect(search('nursa')).toEqual(['nurse-managers', 'nurses'])
    expect(search('code')).toEqual(['records'])
    expect(search('node')).toEqual([])
  })

  it('reads at most three rows for each word, however many careers there are', () => {
    expect(listShardNames('registered')).toEqual(['reg', 'erg', 'rge'])
  })
})
