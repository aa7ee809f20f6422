import { listColleagues, listPeople } from '#shared/contract/access/people.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import type { PersonHolder } from '#shared/domain/access/access-person.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getPersonHolderName } from '#shared/store/access/people-rows.ts'

type ListPeopleDependencies = Pick<Dependencies, 'people' | 'tokens' | 'now'>

/** Lists the people of staff, of a school or of a publisher. */
export async function listPeopleOfHolder(
  { query }: Request<typeof listPeople>,
  deps: ListPeopleDependencies,
): Promise<Reply<typeof listPeople>> {
  const holder = toHolder(query)
  return replyWithPage(`people:${getPersonHolderName(holder)}`, { route: listPeople, query }, deps, (page) =>
    readPeople(holder, page, deps),
  )
}

/** Lists the people of the calling school. */
export async function listOwnColleagues(
  { query, principal: { schoolId } }: Request<typeof listColleagues>,
  deps: ListPeopleDependencies,
): Promise<Reply<typeof listColleagues>> {
  return replyWithPage(`colleagues:${schoolId}`, { route: listColleagues, query }, deps, (page) =>
    readPeople({ caller: 'school', schoolId }, page, deps),
  )
}

function toHolder({ schoolId, sourceId }: Request<typeof listPeople>['query']): PersonHolder {
  if (schoolId !== undefined && sourceId !== undefined)
    throw invalidFields([{ pointer: '?sourceId', code: 'invalid_value', detail: 'cannot be combined with schoolId' }])
  if (sourceId !== undefined) return { caller: 'source', sourceId }
  return schoolId === undefined ? { caller: 'operator' } : { caller: 'school', schoolId }
}

async function readPeople(
  holder: PersonHolder,
  page: Parameters<Dependencies['people']['list']>[1],
  { people }: ListPeopleDependencies,
) {
  const { rows, next } = await people.list(holder, page)
  return { people: rows.map(({ person }) => person), ...(next && { next }) }
}

export const handler = defineHandler(listPeople, listPeopleOfHolder)
export const colleaguesHandler = defineHandler(listColleagues, listOwnColleagues)
