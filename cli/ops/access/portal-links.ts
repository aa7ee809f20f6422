import { Command, Option } from 'commander'
import type * as z from 'zod'
import { listPortalLinks, revokePortalLink } from '#shared/contract/access/portal-links.ts'
import { type PortalLinkState, portalLinkState } from '#shared/domain/access/portal-access.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'

type ListOptions = { school?: string; state?: PortalLinkState }
type ListedLink = z.output<(typeof listPortalLinks.responses)[200]['body']>['links'][number]

const list = createListCommand<ListedLink, ListOptions>(
  new Command('list')
    .description('List sign-in links of the portal, latest first, with who created and who opened them.')
    .option('--school <id>', 'links of one school')
    .addOption(new Option('--state <state>', 'links in one state').choices(portalLinkState.options))
    .addHelpText(...formatExamples('portal-links list', 'portal-links list --school tall-grass --state unopened')),
  {
    rows: 'links',
    fetchPage: async (call, page, { school, state }) => {
      const filter = { ...(school !== undefined && { schoolId: school }), ...(state && { state }) }
      const response = await call(listPortalLinks, { query: { ...page, ...filter } })
      if (response.status !== 200) return stop(response.problem)
      return { rows: response.body.links, next: response.body.page.nextCursor }
    },
    toRow: ({ linkId, schoolId, scope, state, createdAt, createdBy, expiresAt, openedAt }) => [
      linkId,
      {
        school: schoolId,
        scope,
        state,
        created: createdAt,
        by: formatKeyName(createdBy),
        expires: expiresAt,
        opened: openedAt ?? '',
      },
    ],
  },
)

const revoke = new Command('revoke')
  .description('Revoke a portal link. It no longer opens, and the session that it opened ends.')
  .argument('<linkId>', 'ID from portal-links list')
  .option(...yesOption)
  .addHelpText(...formatExamples('portal-links revoke lnk_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (linkId: string, _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions = command.optsWithGlobals()
    const call = connect(options)
    await requireConfirmation(`Revoke ${linkId}? The session that it opened ends too.`, options)
    const response = await call(revokePortalLink, { params: { linkId } })
    if (response.status !== 204) stop(response.problem)
    printResult(options, { linkId, revoked: true }, `Took ${linkId} back.`)
  })

/** The name of the key that did something, or its ID, or what did it. */
export function formatKeyName(actor: ListedLink['createdBy']): string {
  return ('name' in actor && actor.name) || ('keyId' in actor ? actor.keyId : actor.kind)
}

export const portalLinks = new Command('portal-links')
  .description('List and revoke sign-in links of the portal. To create one: schools portal-link.')
  .addCommand(list)
  .addCommand(revoke)
