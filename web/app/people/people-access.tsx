import { useState } from 'preact/hooks'
import { type AccessPerson, formatSignInUrl, type PersonRole } from '#shared/domain/access/access-person.ts'
import { Action } from '../action.tsx'
import { type BrowserClient, captureProblem, useApi } from '../browser-client.tsx'
import { Badge } from '../components/badge.tsx'
import { Field, Select } from '../components/field.tsx'
import { Instant } from '../components/instant.tsx'
import { Note } from '../components/note.tsx'
import { Secret } from '../components/secret.tsx'
import { Table } from '../components/table.tsx'
import { usePages } from '../hooks/use-pages.tsx'
import { roleHelp, roleNames, peopleText as text } from '../text/people-text.ts'
import { type ApiProblem, describeProblem } from '../text/problem-text.ts'

type Outcome = { problem?: ApiProblem | undefined }
type Invitation = { person: AccessPerson; invitation: keyof typeof text.invitation; token?: string | undefined }
type Invited = { body?: Invitation | undefined } & Outcome
type PeoplePage =
  | { body: { people: AccessPerson[]; page: { nextCursor: string | null } }; problem?: undefined }
  | { body?: undefined; problem: ApiProblem }
type Changes = { role?: PersonRole; status?: 'active' | 'disabled' }
/** How console and portal call the same operations. */
export type PeopleCalls = {
  list: (call: BrowserClient, page: { cursor?: string }) => Promise<PeoplePage>
  invite: (input: { name: string; email: string; role: PersonRole }) => Promise<Invited>
  change: (personId: string, changes: Changes) => Promise<Outcome>
  resend: (personId: string) => Promise<Invited>
  remove: (personId: string) => Promise<Outcome>
  /** Absent: these people have no authenticator apps. */
  resetSecondFactor?: ((personId: string) => Promise<Outcome>) | undefined
}
type Props = { calls: PeopleCalls; roles: readonly PersonRole[]; listKey: string }

/** Invites people, and shows who has access: their roles, and buttons that take access away. */
export function PeopleAccess({ calls, roles, listKey }: Props) {
  const { person: self } = useApi()
  const [message, setMessage] = useState<{ kind: 'good' | 'bad'; text: string; url: string | undefined }>()
  const { rows, more, note, reload } = usePages([listKey], calls.list, ({ body }) => body.people)
  const showInvitation = ({ body }: Invited, email: string) => {
    if (!body) return
    const { invitation, token, person } = body
    const url = token && formatSignInUrl(location.origin, person, token)
    setMessage({ kind: invitation === 'sent' ? 'good' : 'bad', text: text.invitation[invitation](email), url })
    reload()
  }
  return (
    <>
      <InviteForm key={listKey} roles={roles} invite={calls.invite} onInvited={showInvitation} />
      {message && <Note kind={message.kind}>{message.text}</Note>}
      {message?.url && <Secret value={message.url}>{text.passOn}</Secret>}
      <div class="card">
        <h2 id="people-list">{text.list}</h2>
        {note ?? (
          <Table
            caption={text.list}
            rows={rows}
            getRowKey={({ personId }) => personId}
            emptyMessage={text.empty}
            columns={[
              {
                head: text.name,
                kind: 'title',
                cell: ({ name, email }) => (
                  <>
                    {name}
                    <br />
                    <span class="help">{email}</span>
                  </>
                ),
              },
              {
                head: text.role,
                cell: (person) => <RoleSelect person={person} roles={roles} change={calls.change} onChanged={reload} />,
              },
              { head: text.status, cell: ({ status }) => <Badge kind="person" status={status} /> },
              {
                head: text.action,
                cell: (person) =>
                  person.personId === self?.personId ? null : (
                    <PersonActions person={person} calls={calls} onInvited={showInvitation} onChanged={reload} />
                  ),
              },
              ...(calls.resetSecondFactor
                ? [
                    {
                      head: text.secondFactor,
                      cell: ({ secondFactorSince }: AccessPerson) =>
                        secondFactorSince ? text.hasSecondFactor : text.noSecondFactor,
                    },
                  ]
                : []),
              {
                head: text.lastSignIn,
                cell: ({ lastSignInAt }) => (lastSignInAt ? <Instant at={lastSignInAt} /> : text.never),
              },
            ]}
          />
        )}
        {more}
      </div>
    </>
  )
}

type InviteFormProps = Pick<Props, 'roles'> & {
  invite: PeopleCalls['invite']
  onInvited: (outcome: Invited, email: string) => void
}

function InviteForm({ roles, invite, onInvited }: InviteFormProps) {
  const [faults, setFaults] = useState<{ name?: string; email?: string }>({})
  const [role, setRole] = useState(roles[0])
  const [isSending, setSending] = useState(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget
    if (isSending || role === undefined || !(form instanceof HTMLFormElement)) return
    const formData = new FormData(form)
    const getText = (name: string) => String(formData.get(name) ?? '').trim()
    const input = { name: getText('name'), email: getText('email'), role }
    setSending(true)
    const outcome = await captureProblem(() => invite(input))
    setSending(false)
    setFaults(findFaults(outcome.problem, input))
    if (outcome.problem) return
    form.reset()
    onInvited(outcome, input.email)
  }
  return (
    <form class="card" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{text.inviteTitle}</h2>
      <div class="pair">
        <Field name="name" label={text.name} autocomplete="off" fault={faults.name} />
        <Field name="email" type="email" label={text.email} autocomplete="off" fault={faults.email} />
        <Select
          label={text.role}
          help={role && roleHelp[role]}
          choices={roles.map((value) => ({ value, label: roleNames[value] }))}
          value={role}
          onChange={({ currentTarget: { value } }) => setRole(roles.find((one) => one === value))}
        />
      </div>
      <button type="submit" class="button" aria-disabled={isSending}>
        {text.invite}
      </button>
    </form>
  )
}

function findFaults(problem: ApiProblem | undefined, { name }: { name: string }): { name?: string; email?: string } {
  if (!problem) return {}
  if (problem.code !== 'INVALID_REQUEST') return { email: describeProblem(problem) }
  const isEmailWrong = problem.errors?.some(({ pointer }) => pointer === '/email') ?? false
  return { ...(name === '' && { name: text.enterName }), ...(isEmailWrong && { email: text.invalidEmail }) }
}

type RoleSelectProps = Pick<Props, 'roles'> & {
  person: AccessPerson
  change: PeopleCalls['change']
  onChanged: () => void
}

function RoleSelect({ person, roles, change, onChanged }: RoleSelectProps) {
  const [fault, setFault] = useState<string>()
  const save = async (role: PersonRole | undefined) => {
    const { problem } = await captureProblem(() => change(person.personId, role === undefined ? {} : { role }))
    setFault(problem && describeProblem(problem))
    onChanged()
  }
  return (
    <>
      <select
        aria-label={text.changeRole(person.name)}
        value={person.role}
        onChange={({ currentTarget: { value } }) => void save(roles.find((one) => one === value))}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {roleNames[role]}
          </option>
        ))}
      </select>
      {fault && <p class="fault">{fault}</p>}
    </>
  )
}

type PersonActionsProps = {
  person: AccessPerson
  calls: PeopleCalls
  onInvited: (outcome: Invited, email: string) => void
  onChanged: () => void
}

function PersonActions({ person, calls, onInvited, onChanged }: PersonActionsProps) {
  const { personId, name, email, status, secondFactorSince } = person
  const { resetSecondFactor } = calls
  const resend = async () => {
    const outcome = await calls.resend(personId)
    onInvited(outcome, email)
    return outcome
  }
  return (
    <div class="actions">
      {status === 'invited' && (
        <Action kind="second" run={resend}>
          {text.resend}
        </Action>
      )}
      {resetSecondFactor && secondFactorSince && (
        <Action
          kind="danger"
          run={() => resetSecondFactor(personId)}
          onDone={onChanged}
          confirmation={{ title: text.resetTitle(name), text: text.resetHelp, confirmLabel: text.resetSecondFactor }}
        >
          {text.resetSecondFactor}
        </Action>
      )}
      {status === 'disabled' ? (
        <Action kind="second" run={() => calls.change(personId, { status: 'active' })} onDone={onChanged}>
          {text.enable}
        </Action>
      ) : (
        <Action
          kind="danger"
          run={() => calls.change(personId, { status: 'disabled' })}
          onDone={onChanged}
          confirmation={{ title: text.disableTitle(name), text: text.disableHelp, confirmLabel: text.disable }}
        >
          {text.disable}
        </Action>
      )}
      <Action
        kind="danger"
        run={() => calls.remove(personId)}
        onDone={onChanged}
        confirmation={{ title: text.removeTitle(name), text: text.removeHelp, confirmLabel: text.remove }}
      >
        {text.remove}
      </Action>
    </div>
  )
}
