import { Command, Option } from 'commander'
import { changePerson, invitePerson, listPeople, removePerson, sendInvitation } from '#shared/contract/access/people.ts'
import { resetSecondFactor } from '#shared/contract/access/second-factor.ts'
import type { ClientResponse } from '#shared/contract/client.ts'
import {
  type AccessPerson,
  getSignInApp,
  type PersonHolder,
  type PersonRole,
  personRole,
  signInParameter,
  staffRole,
} from '#shared/domain/access/access-person.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'

type HolderOptions = { school?: string; source?: string }
type ListOptions = HolderOptions
type InviteOptions = HolderOptions & { email: string; name: string; role: PersonRole }
type ChangeOptions = { name?: string; email?: string; role?: PersonRole; status?: 'active' | 'disabled' }

const list = createListCommand<AccessPerson, ListOptions>(
  new Command('list')
    .description('List the people who may sign in: staff, or those of a school or publisher.')
    .option('--school <id>', 'people of one school')
    .option('--source <id>', 'people of one publisher')
    .addHelpText(...formatExamples('people list', 'people list --school tall-grass')),
  {
    rows: 'people',
    fetchPage: async (call, page, { school, source }) => {
      const whose = {
        ...(school !== undefined && { schoolId: school }),
        ...(source !== undefined && { sourceId: source }),
      }
      const response = await call(listPeople, { query: { ...page, ...whose } })
      if (response.status !== 200) return stop(response.problem)
      return { rows: response.body.people, next: response.body.page.nextCursor }
    },
    toRow: ({ personId, name, email, role, status, lastSignInAt, secondFactorSince }) => [
      personId,
      {
        ...{ name, email, role, status },
        'authenticator app': secondFactorSince === undefined ? 'off' : 'on',
        'last sign-in': lastSignInAt ?? '',
      },
    ],
  },
)

const invite = new Command('invite')
  .description('Invite a person by email. The link works once and expires in 7 days.')
  .option('--school <id>', 'the school that the person works for')
  .option('--source <id>', 'the source of the publisher that the person works for; without this and --school: staff')
  .requiredOption('--email <email>', 'where the invitation is sent')
  .requiredOption('--name <name>', 'name of the person, as records and the audit show it')
  .addOption(
    new Option(
      '--role <role>',
      `${staffRole.options.join(', ')} for staff; admin, officer, viewer for a school; viewer for a publisher`,
    )
      .choices(personRole.options)
      .makeOptionMandatory(),
  )
  .addHelpText(
    ...formatExamples('people invite --school tall-grass --email sam@tall-grass.example --name "Sam" --role officer'),
  )
  .action(async ({ school, source, ...input }: InviteOptions, command: Command) => {
    const settings: GlobalOptions = command.optsWithGlobals()
    if (school !== undefined && source !== undefined) stop({ title: 'Pass either --school or --source.' })
    const holder = toHolder({ ...(school !== undefined && { school }), ...(source !== undefined && { source }) })
    const { email, name, role } = input
    const response = await connect(settings)(invitePerson, { body: { holder, email, name, role } })
    if (response.status !== 201) stop(response.problem)
    printResult(settings, response.body, formatInvitation(response.body, settings))
  })

function toHolder({ school, source }: HolderOptions): PersonHolder {
  if (school !== undefined) return { caller: 'school', schoolId: school }
  return source === undefined ? { caller: 'operator' } : { caller: 'source', sourceId: source }
}

const first = new Command('first')
  .description(
    'Invite the first owner of staff. Prints the link if no email can be sent. Refused if there is an owner.',
  )
  .requiredOption('--email <email>', 'where the invitation is sent')
  .requiredOption('--name <name>', 'name of the person')
  .addHelpText(...formatExamples('people first --email jo@your-domain.com --name "Jo Rivera"'))
  .action(async ({ email, name }: { email: string; name: string }, command: Command) => {
    const settings: GlobalOptions = command.optsWithGlobals()
    const call = connect(settings)
    const listed = await call(listPeople, { query: { limit: 100 } })
    if (listed.status !== 200) stop(listed.problem)
    if (listed.body.people.some(({ role, status }) => role === 'owner' && status !== 'disabled'))
      stop({ title: 'There is an owner already. Sign in to the console to invite others, or use people resend.' })
    const response = await call(invitePerson, { body: { holder: { caller: 'operator' }, email, name, role: 'owner' } })
    if (response.status !== 201) stop(response.problem)
    printResult(settings, response.body, formatInvitation(response.body, settings))
  })

const resend = new Command('resend')
  .description('Send a new invitation, which replaces the earlier one.')
  .argument('<personId>', 'ID from people list')
  .addHelpText(...formatExamples('people resend psn_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (personId: string, _: object, command: Command) => {
    const settings: GlobalOptions = command.optsWithGlobals()
    const response = await connect(settings)(sendInvitation, { params: { personId } })
    if (response.status !== 201) stop(response.problem)
    printResult(settings, response.body, formatInvitation(response.body, settings))
  })

const change = new Command('change')
  .description('Change a person. Another role, email or status ends all their sessions.')
  .argument('<personId>', 'ID from people list')
  .option('--name <name>', 'new name')
  .option('--email <email>', 'new email')
  .addOption(new Option('--role <role>', 'new role').choices(personRole.options))
  .addOption(new Option('--status <status>', 'disabled: cannot sign in').choices(['active', 'disabled']))
  .addHelpText(...formatExamples('people change psn_4fJ0q2mXbW7cT1nZ8yKd5A --status disabled'))
  .action(async (personId: string, { name, email, role, status }: ChangeOptions, command: Command) => {
    const settings: GlobalOptions = command.optsWithGlobals()
    const body = { ...(name && { name }), ...(email && { email }), ...(role && { role }), ...(status && { status }) }
    const response = await connect(settings)(changePerson, { params: { personId }, body })
    if (response.status !== 200) stop(response.problem)
    printResult(settings, response.body, `Changed ${personId}.`)
  })

const remove = new Command('delete')
  .description('Delete a person with their email and sessions. The audit keeps the name.')
  .argument('<personId>', 'ID from people list')
  .option(...yesOption)
  .addHelpText(...formatExamples('people delete psn_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (personId: string, _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions = command.optsWithGlobals()
    const call = connect(options)
    await requireConfirmation(`Delete ${personId}? They can no longer sign in. This cannot be undone.`, options)
    const response = await call(removePerson, { params: { personId } })
    if (response.status !== 204) stop(response.problem)
    printResult(options, { personId, deleted: true }, `Deleted ${personId}.`)
  })

const resetApp = new Command('reset-app')
  .description('Reset the authenticator app of a person of staff who has lost it. All their sessions end.')
  .argument('<personId>', 'ID from people list')
  .option(...yesOption)
  .addHelpText(...formatExamples('people reset-app psn_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (personId: string, _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions = command.optsWithGlobals()
    const call = connect(options)
    await requireConfirmation(`Reset the authenticator app of ${personId}? An email alone signs them in then.`, options)
    const response = await call(resetSecondFactor, { params: { personId } })
    if (response.status !== 204) stop(response.problem)
    printResult(options, { personId, reset: true }, `Reset the authenticator app of ${personId}.`)
  })

export const people = new Command('people')
  .description('Invite, list, change and delete the people who sign in.')
  .addCommand(list)
  .addCommand(invite)
  .addCommand(resend)
  .addCommand(change)
  .addCommand(remove)
  .addCommand(resetApp)
  .addCommand(first)

type Invited = Extract<ClientResponse<typeof invitePerson>, { status: 201 }>['body']

/** Where the invitation went, or the link to pass on if no email was sent. */
function formatInvitation({ person, invitation, token }: Invited, { url }: GlobalOptions): string {
  if (token === undefined) return `${person.personId}: the invitation was sent.`
  const page = getSignInApp(person.holder)
  const origin = url ?? process.env.PROSPECTUS_URL ?? ''
  const why = invitation === 'failed' ? 'The email could not be sent' : 'No email was sent: set PUBLIC_URL for that'
  return `${person.personId}: ${why}. Pass this link on yourself, it works once:\n\n${origin}/${page}#${signInParameter}=${token}`
}
