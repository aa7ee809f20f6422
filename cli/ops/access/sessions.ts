import { Command, Option } from 'commander'
import type * as z from 'zod'
import { endSchoolSessions, endSession, listSessions } from '#shared/contract/access/sessions.ts'
import { type PortalSessionState, portalSessionState } from '#shared/domain/access/portal-access.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'
import { formatKeyName } from './portal-links.ts'

type ListOptions = { school?: string; state?: PortalSessionState }
type ListedSession = z.output<(typeof listSessions.responses)[200]['body']>['sessions'][number]
type EndOptions = GlobalOptions & ConfirmOptions & { school?: string }

const list = createListCommand<ListedSession, ListOptions>(
  new Command('list')
    .description('List portal sessions of schools, latest first, with their last use.')
    .option('--school <id>', 'sessions of one school')
    .addOption(new Option('--state <state>', 'sessions in one state').choices(portalSessionState.options))
    .addHelpText(...formatExamples('sessions list', 'sessions list --school tall-grass --state active')),
  {
    rows: 'sessions',
    fetchPage: async (call, page, { school, state }) => {
      const filter = { ...(school !== undefined && { schoolId: school }), ...(state && { state }) }
      const response = await call(listSessions, { query: { ...page, ...filter } })
      if (response.status !== 200) return stop(response.problem)
      return { rows: response.body.sessions, next: response.body.page.nextCursor }
    },
    toRow: ({ sessionId, schoolId, scope, state, startedAt, lastUsedAt, expiresAt, linkCreatedBy }) => [
      sessionId,
      {
        school: schoolId,
        scope,
        state,
        started: startedAt,
        'last used': lastUsedAt ?? '',
        expires: expiresAt,
        'link by': formatKeyName(linkCreatedBy),
      },
    ],
  },
)

const end = new Command('end')
  .description('End a portal session, or with --school all sessions of a school and its unopened links.')
  .argument('[sessionId]', 'ID from sessions list')
  .option('--school <id>', 'end all sessions of this school and revoke its unopened links')
  .option(...yesOption)
  .addHelpText(...formatExamples('sessions end key_4fJ0q2mXbW7cT1nZ8yKd5A', 'sessions end --school tall-grass'))
  .action(async (sessionId: string | undefined, _: object, command: Command) => {
    const options: EndOptions = command.optsWithGlobals()
    if (options.school !== undefined && sessionId === undefined) return endAll(options.school, options)
    if (sessionId !== undefined && options.school === undefined) return endOne(sessionId, options)
    return stop({ title: 'Pass either a session ID or --school.', ends: 'usage' })
  })

async function endOne(sessionId: string, options: EndOptions): Promise<void> {
  const call = connect(options)
  await requireConfirmation(`End ${sessionId}? The person is signed out at the next request.`, options)
  const response = await call(endSession, { params: { sessionId } })
  if (response.status !== 204) return stop(response.problem)
  printResult(options, { sessionId, ended: true }, `Ended ${sessionId}.`)
}

async function endAll(schoolId: string, options: EndOptions): Promise<void> {
  const call = connect(options)
  await requireConfirmation(`End all portal sessions of ${schoolId} and revoke its unopened links?`, options)
  const response = await call(endSchoolSessions, { params: { id: schoolId } })
  if (response.status !== 200) return stop(response.problem)
  const { sessions, links } = response.body
  printResult(options, { schoolId, ...response.body }, `Sessions ended: ${sessions}. Links taken back: ${links}.`)
}

export const sessions = new Command('sessions')
  .description('List and end portal sessions of schools.')
  .addCommand(list)
  .addCommand(end)
