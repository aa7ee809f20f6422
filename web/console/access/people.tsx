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

/** The people of staff, or of the school in the address. */
export function People() {
  const { call } = useApi()
  const [query, changeQuery] = useQuery()
  const schools = useNames('schools')
  const schoolId = query.get('school') ?? undefined
  const holder: PersonHolder = schoolId === undefined ? { caller: 'operator' } : { caller: 'school', schoolId }
  const calls: PeopleCalls = {
    list: (call, page) => call(listPeople, { query: { ...page, ...(schoolId && { schoolId }) } }),
    invite: (input) => call(invitePerson, { body: { ...input, holder } }),
    change: (personId, body) => call(changePerson, { params: { personId }, body }),
    resend: (personId) => call(sendInvitation, { params: { personId } }),
    remove: (personId) => call(removePerson, { params: { personId } }),
    ...(schoolId === undefined && {
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
          onChange={({ currentTarget }) => changeQuery({ school: currentTarget.value })}
        />
      </div>
      <PeopleAccess calls={calls} roles={schoolId === undefined ? staffRoles : schoolRoles} listKey={schoolId ?? ''} />
    </>
  )
}
