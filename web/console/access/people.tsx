import { changePerson, invitePerson, listPeople, removePerson, sendInvitation } from '#shared/contract/access/people.ts'
import { resetSecondFactor } from '#shared/contract/access/second-factor.ts'
import type { PersonHolder } from '#shared/domain/access/access-person.ts'
import { useApi } from '../../app/browser-client.tsx'
import { Select } from '../../app/components/field.tsx'
import { PeopleAccess, type PeopleCalls } from '../../app/people/people-access.tsx'
import { useQuery } from '../../app/router.tsx'
import { peopleText as text } from '../../app/text/people-text.ts'
import { toChoices, useNames } from '../catalog/names.tsx'

// The first is proposed for an invitation.
const staffRoles = ['operations', 'billing', 'viewer', 'owner'] as const
const schoolRoles = ['officer', 'admin', 'viewer'] as const
const sourceRoles = ['viewer'] as const

/** The people of staff, or of the school or source in the address. */
export function People() {
  const { call } = useApi()
  const [query, changeQuery] = useQuery()
  const schools = useNames('schools')
  const sources = useNames('sources')
  const schoolId = query.get('school') ?? undefined
  const sourceId = schoolId === undefined ? (query.get('source') ?? undefined) : undefined
  const holder = toHolder(schoolId, sourceId)
  const isStaff = holder.caller === 'operator'
  const calls: PeopleCalls = {
    list: (call, page) =>
      call(listPeople, { query: { ...page, ...(schoolId && { schoolId }), ...(sourceId && { sourceId }) } }),
    invite: (input) => call(invitePerson, { body: { ...input, holder } }),
    change: (personId, body) => call(changePerson, { params: { personId }, body }),
    resend: (personId) => call(sendInvitation, { params: { personId } }),
    remove: (personId) => call(removePerson, { params: { personId } }),
    ...(isStaff && {
      resetSecondFactor: (personId) => call(resetSecondFactor, { params: { personId } }),
    }),
  }
  return (
    <>
      <h1>{text.title}</h1>
      <p>{text.intro}</p>
      <div class="filters">
        <Select
          label={text.worksFor}
          choices={[{ value: '', label: text.staff }, ...toChoices(schools)]}
          value={schoolId ?? ''}
          onChange={({ currentTarget }) => changeQuery({ school: currentTarget.value, source: '' })}
        />
        <Select
          label={text.orPublisher}
          choices={[{ value: '', label: text.noPublisher }, ...toChoices(sources)]}
          value={sourceId ?? ''}
          onChange={({ currentTarget }) => changeQuery({ source: currentTarget.value, school: '' })}
        />
      </div>
      <PeopleAccess calls={calls} roles={rolesOf[holder.caller]} listKey={`${schoolId ?? ''}/${sourceId ?? ''}`} />
    </>
  )
}

const rolesOf = { operator: staffRoles, school: schoolRoles, source: sourceRoles } as const

function toHolder(schoolId: string | undefined, sourceId: string | undefined): PersonHolder {
  if (schoolId !== undefined) return { caller: 'school', schoolId }
  return sourceId === undefined ? { caller: 'operator' } : { caller: 'source', sourceId }
}
