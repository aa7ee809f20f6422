import { career } from '../../domain/catalog/career.ts'
import { buildSearchShards } from '../../domain/catalog/career-search.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { Cursor } from '../../store/engine/engine.ts'

type BuildSearchDependencies = Pick<Dependencies, 'records' | 'composed'>

/** Builds the search again if a career has changed since: it reads all careers, and writes the rows that differ. */
export async function buildSearch({ records, composed }: BuildSearchDependencies): Promise<void> {
  const markId = await composed.search.findMark()
  if (markId === undefined) return
  const careers: { slug: string; career: ReturnType<typeof parseSearched> }[] = []
  let after: Cursor | undefined
  do {
    const page = await records.list('careers', { limit: 100, ...(after && { after }) })
    careers.push(...page.records.map(({ id, body }) => ({ slug: id, career: parseSearched(body) })))
    after = page.next
  } while (after)
  await composed.search.replaceAll(buildSearchShards(careers))
  await composed.search.clearMark(markId)
}

const searched = career.pick({ title: true, aliases: true, soc: true, onetSoc: true, fieldsOfStudy: true })
const parseSearched = (body: unknown) => searched.loose().parse(body)
