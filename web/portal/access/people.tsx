import {
  changeColleague,
  inviteColleague,
  listColleagues,
  removeColleague,
  sendColleagueInvitation,
} from '#shared/contract/access/people.ts'
import { schoolRole } from '#shared/domain/access/access-person.ts'
import { useApi } from '../../app/browser-client.tsx'
import { PeopleAccess, type PeopleCalls } from '../../app/people/people-access.tsx'
import { peopleText } from '../../app/text/people-text.ts'

const roles = ['officer', 'admin', 'viewer'] as const

/** The people of the school, for its admins. */
export function People() {
  const { call } = useApi()
  const calls: PeopleCalls = {
    list: (call, page) => call(listColleagues, { query: page }),
    invite: ({ role, ...body }) => call(inviteColleague, { body: { ...body, role: schoolRole.parse(role) } }),
    change: (personId, { role, ...changes }) =>
      call(changeColleague, {
        params: { personId },
        body: { ...changes, ...(role && { role: schoolRole.parse(role) }) },
      }),
    resend: (personId) => call(sendColleagueInvitation, { params: { personId } }),
    remove: (personId) => call(removeColleague, { params: { personId } }),
  }
  return (
    <>
      <h1>{peopleText.title}</h1>
      <p>{peopleText.intro}</p>
      <PeopleAccess calls={calls} roles={roles} listKey="school" />
    </>
  )
}
