import { changePersonByStaff } from '#functions/operator/access/people/change-person.ts'
import { removePersonByStaff } from '#functions/operator/access/people/remove-person.ts'
import { beginSession } from '#functions/operator/access/sign-in/begin-session.ts'
import { changePerson } from '#shared/contract/access/people.ts'
import { listSchoolLeads, takeLead } from '#shared/contract/delivery/school-leads.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { PersonRole } from '#shared/domain/access/access-person.ts'
import { authorizeSession } from '#shared/http/authorize-session.ts'
import { invitePerson } from '#shared/workflows/access/invite-person.ts'
import type { RandomSource } from '../../proof/create-random.ts'
import { type EventLoop, type Process, rethrowUnexpected, startsAt } from '../create-event-loop.ts'
import type { createFaultInjector } from '../create-fault-injector.ts'

/** An act of a signed-in person that was allowed, and when it was asked for. */
export type SignedInUse = { personId: string; operation: string; askedAt: number }
type ColleaguesSetup = {
  random: RandomSource
  loop: EventLoop
  injector: ReturnType<typeof createFaultInjector>
  calmAt: number
  endsAt: number
}
type Colleague = { number: number; personId?: string; cookie?: string }

const colleagueCount = 3
const actsPerColleague = 25
const maxLifetimeMs = 29_000
const holder = { caller: 'school', schoolId: 'alpha' } as const
const staff = { kind: 'staff', keyId: 'key_people' } as const
const principal = { caller: 'operator', scope: 'admin', keyId: 'key_people' } as const
const emptyInput = { query: undefined, headers: undefined, ip: '', spend: async () => {} }

/** Officers of alpha who sign in and work; staff make some of them viewers and remove some, while their pages stay open. */
export function createColleagues({ random, loop, injector, calmAt, endsAt }: ColleaguesSetup): { uses: SignedInUse[] } {
  const uses: SignedInUse[] = []
  const randomTime = (from: number, until: number) => from + random() * Math.max(0, until - from)
  const begin = (name: string, task: (process: Process) => Promise<unknown>) =>
    loop.begin(name, task, { maxLifetimeMs, onEnd: rethrowUnexpected })

  function signIn(colleague: Colleague) {
    begin(`invitation ${colleague.number}`, async (process) => {
      const deps = injector.createDependencies(process)
      const role: PersonRole = 'officer'
      const email = `officer${colleague.number}@alpha.example`
      const invited = await invitePerson({ holder, email, name: 'Pat', role }, staff, deps)
      if (typeof invited === 'string') throw new Error(`The officer was not invited: ${invited}`)
      colleague.personId = invited.person.personId
      await openSession(colleague, process)
    })
  }

  async function openSession(colleague: Colleague, process: Process) {
    const { personId } = colleague
    if (personId === undefined) return
    const beginning = { by: 'email', hasCode: false, device: undefined, cookies: [] } as const
    const deps = injector.createDependencies(process)
    const session = await beginSession({ personId, holder }, beginning, async (row) => ({ row }), deps)
    if ('cookie' in session) colleague.cookie = session.cookie.split(';')[0] ?? ''
  }

  function act({ personId, cookie, number }: Colleague) {
    if (personId === undefined || cookie === undefined) return
    const route = random() < 0.5 ? listSchoolLeads : takeLead
    const askedAt = loop.now()
    begin(`colleague ${number}`, async (process) => {
      const deps = injector.createDependencies(process)
      const isAllowed = await authorizeSession(route, { app: 'portal', cookies: [cookie] }, deps).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof Refusal)) throw error
          return false
        },
      )
      if (isAllowed) uses.push({ personId, operation: route.name, askedAt })
    })
  }

  function demote({ personId, number }: Colleague) {
    if (personId === undefined) return
    begin(`demotion ${number}`, async (process) => {
      const body = changePerson.body.parse({ role: 'viewer' })
      const deps = injector.createDependencies(process)
      await changePersonByStaff({ params: { personId }, body, principal, ...emptyInput }, deps)
    })
  }

  function remove({ personId, number }: Colleague) {
    if (personId === undefined) return
    begin(`removal ${number}`, async (process) => {
      const deps = injector.createDependencies(process)
      await removePersonByStaff({ params: { personId }, body: undefined, principal, ...emptyInput }, deps)
    })
  }

  const workEndsAt = Math.min(endsAt, calmAt + 600_000)
  for (let number = 1; number <= colleagueCount; number++) {
    const colleague: Colleague = { number }
    const signsInAt = startsAt + random() * 120_000
    loop.at(signsInAt, () => signIn(colleague))
    for (let count = 0; count < actsPerColleague; count++)
      loop.at(randomTime(signsInAt, workEndsAt), () => act(colleague))
    if (random() < 0.6) loop.at(randomTime(signsInAt, calmAt), () => demote(colleague))
    if (random() < 0.6) loop.at(randomTime(signsInAt, calmAt), () => remove(colleague))
    // A viewer signs in again.
    loop.at(calmAt + 60_000, () => begin(`session ${number}`, (process) => openSession(colleague, process)))
  }
  return { uses }
}
